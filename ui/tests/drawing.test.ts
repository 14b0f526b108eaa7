// What is drawn of a chart: places, filters, layouts, merged and grouped items, walking, time.

import assert from "node:assert/strict";
import { test } from "node:test";

import { totals } from "../src/chart/expand";
import { LAYOUTS } from "../src/chart/layouts";
import { association, byHour, byMonth } from "../src/chart/matrix";
import { APART, distance, places } from "../src/chart/placement";
import { placed, scene } from "../src/chart/scene";
import { counts, OPEN, sift, toggled } from "../src/chart/sieve";
import { bins, iso } from "../src/chart/timeline";
import type { Cells, Item, Link, Point } from "../src/chart/types";
import { nextTowards } from "../src/chart/walking";

const thing = (id: string, more: Partial<Item> = {}): Item => ({
  id, kind: "Person", label: "Person", caption: id, owner: "XA", grade: "", certainty: "", countries: [], place: "", since: "", until: "", category: "", photo: false, facts: [], ...more,
});
const link = (id: string, from: string, to: string, more: Partial<Link> = {}): Link => ({
  id, kind: "Associate", label: "knows", from, to, directed: false, since: "", until: "", grade: "", certainty: "confirmed", owner: "XA", more: 0, ...more,
});
const drawn = (cells: Cells, items: Item[], links: Link[]) => {
  const known = new Map(items.map((one) => [one.id, one]));
  const { items: shown, links: kept } = sift(OPEN, placed(cells, known), links);
  return scene(cells, known, links, shown, kept);
};

test("new items move no old one, overlap none, and lie beside their neighbour", () => {
  const old = new Map<string, Point>(Array.from({ length: 30 }, (_, i) => [`o${i}`, { x: (i % 6) * 120, y: Math.floor(i / 6) * 120 }]));
  const fresh = Array.from({ length: 200 }, (_, i) => `n${i}`);
  const links = fresh.map((id, i) => ({ from: i % 2 ? `o${i % 30}` : `n${Math.max(0, i - 1)}`, to: id }));
  const made = places(old, fresh, links);
  assert.deepEqual([...made.keys()].sort(), [...fresh].sort());
  const all = [...old.values(), ...made.values()];
  for (let i = 0; i < all.length; i++)
    for (let j = 0; j < i; j++) assert.ok(Math.hypot(all[i]!.x - all[j]!.x, all[i]!.y - all[j]!.y) >= APART - 3);
  assert.deepEqual(places(old, fresh, links), made);
});

test("one new item takes the place next to its neighbour", () => {
  const made = places(new Map([["a", { x: 0, y: 0 }], ["b", { x: 500, y: 0 }]]), ["c"], [{ from: "b", to: "c" }]).get("c")!;
  assert.ok(Math.hypot(made.x - 500, made.y) < APART * 1.5);
});

test("no line seems to run through a new item, and none of its lines through an old one", () => {
  const old = new Map<string, Point>([["a", { x: 0, y: 0 }], ["b", { x: 400, y: 0 }], ["c", { x: 200, y: 240 }], ["far", { x: 800, y: 0 }]]);
  const there = [{ from: "a", to: "b" }, { from: "b", to: "c" }, { from: "a", to: "c" }];
  const fresh = Array.from({ length: 24 }, (_, i) => `n${i}`);
  const links = [...there, ...fresh.map((id, i) => ({ from: ["a", "b", "c"][i % 3]!, to: id })), { from: "far", to: "n1" }];
  const made = places(old, fresh, links);
  const all = new Map([...old, ...made]);
  for (const { from, to } of links)
    for (const [id, at] of all)
      if (id !== from && id !== to && (made.has(id) || made.has(from) || made.has(to)))
        assert.ok(distance(at, all.get(from)!, all.get(to)!) >= 35, `${id} on ${from}–${to}`);
  assert.equal(made.size, fresh.length);
  assert.ok([...made.values()].every((at) => Math.min(...[...old.values()].map((o) => Math.hypot(o.x - at.x, o.y - at.y))) < 8 * APART));
});

for (const [name, layout] of Object.entries(LAYOUTS))
  test(`the layout "${name}" places everything apart, leaves pinned ones and is the same each time`, () => {
    const bodies = Array.from({ length: 60 }, (_, i) => ({ id: `${i}`, x: i, y: -i, fixed: i === 3, sort: String(i % 4) }));
    const springs = Array.from({ length: 59 }, (_, i) => ({ from: `${i + 1}`, to: `${Math.floor(i / 3)}` }));
    const made = layout(bodies, springs);
    assert.equal(made.size, 60);
    assert.deepEqual(made.get("3"), { x: 3, y: -3 });
    assert.ok([...made.values()].every(({ x, y }) => Number.isFinite(x) && Number.isFinite(y)));
    assert.equal(new Set([...made.values()].map(({ x, y }) => `${x} ${y}`)).size, 60);
    assert.deepEqual(layout(bodies, springs), made);
  });

test("the force layout of 1,500 items takes less than four seconds", () => {
  const bodies = Array.from({ length: 1500 }, (_, i) => ({ id: `${i}`, x: i, y: 0, fixed: false, sort: "" }));
  const springs = Array.from({ length: 3000 }, (_, i) => ({ from: `${i % 1500}`, to: `${(i * 7919) % 1500}` }));
  const start = performance.now();
  LAYOUTS["force"]!(bodies, springs);
  assert.ok(performance.now() - start < 4000);
});

test("a legend counts, and what is switched off goes with its links", () => {
  const items = [thing("a"), thing("b", { kind: "Company", countries: ["it", "de"] }), thing("c", { countries: ["it"] })];
  const links = [link("1", "a", "b"), link("2", "a", "c")];
  assert.deepEqual(counts("kind", items, links), [["Person", 2], ["Company", 1]]);
  assert.deepEqual(counts("country", items, links), [["it", 2], ["", 1], ["de", 1]]);
  const off = sift(toggled(OPEN, "kind", "Company"), items, links);
  assert.deepEqual([[...off.items], [...off.links]], [["a", "c"], ["2"]]);
  const oneCountry = sift(toggled(OPEN, "country", "it"), items, links);
  assert.deepEqual([...oneCountry.items], ["a", "b"]); // b is of another country too
  assert.deepEqual(toggled(toggled(OPEN, "kind", "Company"), "kind", "Company").off.get("kind"), new Set());
});

test("dates filter links, and items that have none of their links left", () => {
  const items = ["a", "b", "c", "lone"].map((id) => thing(id));
  const links = [link("1", "a", "b", { since: "2024-02-01" }), link("2", "b", "c", { since: "2025-06-01", until: "2026-01-01" })];
  const of = (since: string, until: string) => sift({ ...OPEN, since, until }, items, links);
  assert.deepEqual([...of("2025-01-01", "").items], ["b", "c", "lone"]);
  assert.deepEqual([...of("", "2024-12-31").links], ["1"]);
  assert.deepEqual([...of("2025-12-01", "2025-12-31").links], ["2"]); // it lasted
});

test("merged identities are one spot with both their links, and splitting brings them back", () => {
  const items = [thing("a"), thing("b"), thing("c")];
  const links = [link("1", "a", "c"), link("2", "b", "c", { certainty: "tentative" })];
  const cells: Cells = { "item/a": { x: 0, y: 0 }, "item/b": { x: 9, y: 9 }, "item/c": { x: 50, y: 50 } };
  const one = drawn({ ...cells, "merge/m": { ids: ["a", "b"], label: "A" } }, items, links);
  assert.deepEqual([...one.spots.keys()].sort(), ["c", "merge/m"]);
  assert.deepEqual([...one.lines.values()].map(({ many, certainty }) => [many, certainty]), [[2, "confirmed"]]);
  assert.equal(drawn(cells, items, links).spots.size, 3);
});

test("a collapsed group is one spot in the middle of its members, an open one a box around them", () => {
  const items = [thing("a"), thing("b"), thing("c")];
  const cells: Cells = { "item/a": { x: 0, y: 0 }, "item/b": { x: 10, y: 20 }, "item/c": { x: 50, y: 50 } };
  const shut = drawn({ ...cells, "group/g": { ids: ["a", "b"], label: "G", collapsed: true } }, items, [link("1", "a", "b"), link("2", "b", "c")]);
  assert.deepEqual([shut.spots.get("group/g")!.x, shut.spots.get("group/g")!.y, shut.lines.size], [5, 10, 1]);
  const open = drawn({ ...cells, "group/g": { ids: ["a", "b"], label: "G", collapsed: false } }, items, []);
  assert.deepEqual([open.boxes.size, open.spots.get("a")!.within], [1, "group/g"]);
});

test("a merge whose other half the viewer may not see is the one he may see", () => {
  const made = drawn({ "item/a": { x: 0, y: 0 }, "merge/m": { ids: ["a", "gone"], label: "A" } }, [thing("a")], []);
  assert.deepEqual([...made.spots.keys()], ["a"]);
});

test("arrow keys go to the nearest that way, not to one far aside", () => {
  const among = [{ id: "near", x: 100, y: 20 }, { id: "far", x: 300, y: 0 }, { id: "aside", x: 30, y: 200 }];
  assert.equal(nextTowards({ x: 0, y: 0 }, "ArrowRight", among)?.id, "near");
  assert.equal(nextTowards({ x: 0, y: 0 }, "ArrowDown", among)?.id, "aside");
  assert.equal(nextTowards({ x: 0, y: 0 }, "ArrowLeft", among), null);
});

test("bins of a timeline hold every date once", () => {
  const dates = Array.from({ length: 300 }, (_, i) => iso(19_000 + i * 7));
  const made = bins(dates);
  assert.equal(made.reduce((sum, { many }) => sum + many, 0), 300);
  assert.ok(made.length <= 60);
  assert.deepEqual(bins([]), []);
});

test("matrices count links by month, by pair and by hour", () => {
  const links = [link("1", "a", "b", { since: "2025-01-06T23:10" }), link("2", "a", "c", { since: "2025-03-01", more: 2 })];
  const months = byMonth(links, (id) => id);
  assert.deepEqual([months.rows[0], months.cells[0]], ["a", [1, 0, 1]]);
  const pairs = association(links, (id) => id);
  assert.equal(pairs.cells[pairs.ids.indexOf("c")]![pairs.ids.indexOf("a")], 3);
  assert.equal(byHour(links).cells[0]![23], 1); // a Monday
});

test("what an expansion would bring is added up by kind and direction", () => {
  const row = (direction: string, many: number) => ({ id: "a", kind: "Call", label: "Call", direction, many });
  assert.deepEqual(totals([row("out", 3), row("in", 4)]), [{ kind: "Call", label: "Call", out: 3, in: 4, many: 7 }]);
  assert.deepEqual(totals([row("both", 2)]), [{ kind: "Call", label: "Call", out: 2, in: 2, many: 2 }]);
});
