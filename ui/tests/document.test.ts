// What a chart is by itself: cells, commands, undoing, other analysts' work.

import assert from "node:assert/strict";
import { test } from "node:test";

import { inverse, laidOver, Log } from "../src/chart/document";
import type { Cells, Command } from "../src/chart/types";

const item = (x: number, y = 0) => ({ x, y });

test("a command sets cells, and null takes them away", () => {
  const cells = laidOver({ "item/a": item(1) }, [{ label: "", set: { "item/b": item(2), "item/a": null }, was: {} }]);
  assert.deepEqual(cells, { "item/b": item(2) });
});

test("what changes nothing is no command", () => {
  const log = new Log({ "item/a": item(1) }, "");
  assert.equal(log.do("move", { "item/a": item(1) }), null);
  assert.equal(log.canUndo, false);
});

test("any commands, all undone, give the first cells again, and all redone the last", () => {
  let seed = 7;
  const random = (below: number): number => (seed = (seed * 48271) % 2147483647) % below;
  for (let run = 0; run < 50; run++) {
    const first: Cells = Object.fromEntries(Array.from({ length: 5 }, (_, i) => [`item/${i}`, item(i)]));
    const log = new Log(first, "");
    let done = 0;
    for (let i = 0; i < 20; i++) {
      const set = Object.fromEntries(Array.from({ length: 1 + random(3) }, () => [`item/${random(8)}`, random(4) ? item(random(100)) : null]));
      if (log.do(`${i}`, set)) done++;
    }
    const last = log.cells;
    for (let i = 0; i < done; i++) assert.notEqual(log.undo(), null);
    assert.equal(log.undo(), null);
    assert.deepEqual(log.cells, first);
    for (let i = 0; i < done; i++) assert.notEqual(log.redo(), null);
    assert.deepEqual(log.cells, last);
  }
});

test("undoing leaves alone what another analyst changed since", () => {
  const log = new Log({ "item/a": item(1), "item/b": item(1) }, "");
  log.do("move", { "item/a": item(2), "item/b": item(2) });
  log.take();
  log.answered({ "item/a": item(9), "item/b": item(2) }, "s2"); // he moved a after me
  assert.equal(log.undo(), "move");
  assert.deepEqual(log.cells, { "item/a": item(9), "item/b": item(1) });
});

test("what the server adds to a cell does not keep it from being undone", () => {
  const log = new Log({}, "");
  log.do("note", { "note/n": { on: "a", text: "seen" } });
  log.take();
  log.answered({ "note/n": { on: "a", text: "seen", by: "me", at: "now" } }, "s1");
  assert.equal(log.undo(), "note");
  assert.deepEqual(log.cells, {});
});

test("others' steps come under what is not sent yet", () => {
  const log = new Log({ "item/a": item(1) }, "");
  log.do("mine", { "item/a": item(2) });
  const sent = log.take();
  log.do("mine later", { "item/c": item(3) });
  assert.deepEqual(log.take(), []); // one request at a time
  log.answered({ ...laidOver({ "item/a": item(1), "item/b": item(7) }, sent) }, "s3");
  assert.deepEqual(log.cells, { "item/a": item(2), "item/b": item(7), "item/c": item(3) });
  assert.equal(log.unsent, 1);
});

test("two analysts at once: whoever comes later wins a cell, and nobody loses another", () => {
  let server: Cells = {};
  const steps: Command[] = [];
  const send = (log: Log): void => {
    const commands = log.take();
    steps.push(...commands);
    server = laidOver(server, commands);
    log.answered(server, String(steps.length));
  };
  const [ann, ben] = [new Log({}, ""), new Log({}, "")];
  ann.do("a", { "item/1": item(1), "item/2": item(1) });
  ben.do("b", { "item/2": item(2), "item/3": item(2) });
  send(ann); send(ben); send(ann);
  assert.deepEqual(ann.cells, { "item/1": item(1), "item/2": item(2), "item/3": item(2) });
  assert.deepEqual(ben.cells, ann.cells);
});

test("what the line lost is sent again, in the same order", () => {
  const log = new Log({}, "");
  log.do("one", { "item/a": item(1) });
  log.take();
  log.do("two", { "item/b": item(2) });
  log.unheard();
  assert.deepEqual(log.take().map(({ label }) => label), ["one", "two"]);
});

test("what the server refuses is taken back, and cannot be undone", () => {
  const log = new Log({ "item/a": item(1) }, "");
  log.do("bad", { "item/a": item(2) });
  log.take();
  log.refused();
  assert.deepEqual(log.cells, { "item/a": item(1) });
  assert.equal(log.undo(), null);
});

test("an inverse of what no longer stands is nothing", () => {
  assert.equal(inverse({ label: "", set: { k: item(1) }, was: { k: null } }, {}), null);
});
