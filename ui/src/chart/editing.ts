// Commands that change the chart itself: group, merge, hide, note, draw, pin, theme. Each is one undoable command.

import type { Scope } from "./commands";
import { form, text } from "./dialog";
import { field, h, select } from "./dom";
import { cellsOf } from "./scene";
import type { Change } from "./types";
import { deed, number, w } from "./words";
import type { Workspace } from "./workspace";

const naming = (label: string, value = ""): HTMLElement => field(label, h("input", { name: "label", value, maxlength: 200, required: true, autofocus: true }));

/** Ids of groups that the selection touches: collapsed ones, boxes, and boxes around selected items. */
function groups(ws: Workspace): string[] {
  return [...new Set([...[...ws.selection].filter((id) => id.startsWith("group/")), ...ws.spots.flatMap(({ within }) => within || [])])];
}
export const hasGroup = (ws: Workspace): boolean => groups(ws).length > 0;
export const hasMerge = (ws: Workspace): boolean => ws.spots.some(({ sort }) => sort === "merge");
export const hasHidden = (ws: Workspace): boolean => cellsOf(ws.cells, "item").some(([, , { hidden }]) => hidden);

export function group({ ws, host }: Scope): void {
  const ids = ws.spots.filter(({ sort }) => sort !== "note").flatMap(({ ids }) => ids);
  form(host, deed("group"), [naming(w("group-name"))], deed("group"), (fields) => {
    const key = ws.fresh("group");
    const set: Change = { [key]: { label: text(fields, "label"), ids, collapsed: false } };
    for (const old of groups(ws)) set[old] = null; // who enters a group leaves the one he was in
    if (ws.do(deed("group"), set)) ws.say(w("grouped", { n: ids.length, label: text(fields, "label") }));
  });
}

export function collapse({ ws }: Scope): void {
  const set: Change = {};
  for (const id of groups(ws)) set[id] = { ...ws.cells[id], collapsed: !ws.cells[id]?.collapsed };
  const [first] = Object.values(set);
  if (!ws.do(deed("collapse"), set)) return;
  ws.select(Object.keys(set).flatMap((id) => (ws.scene.spots.has(id) ? [id] : ws.scene.boxes.get(id)?.ids ?? [])));
  ws.say(w(first?.collapsed ? "collapsed" : "opened", { label: first?.label ?? "" }));
}

export function ungroup({ ws }: Scope): void {
  if (ws.do(deed("ungroup"), Object.fromEntries(groups(ws).map((id) => [id, null])))) ws.say(w("ungrouped"));
}

export function merge({ ws, host }: Scope): void {
  const spots = ws.spots.filter(({ sort }) => sort === "item" || sort === "merge");
  const ids = spots.flatMap((spot) => spot.ids);
  if (spots.length < 2) return ws.say(w("needs", { what: deed("merge"), n: 2 }), true);
  form(host, deed("merge"), [h("p", {}, w("merge-text")), h("ul", {}, ...spots.map((spot) => h("li", {}, h("bdi", {}, spot.caption), ` · ${spot.owner}`))), naming(w("merge-name"), spots[0]!.caption)], deed("merge"), (fields) => {
    const set: Change = { [ws.fresh("merge")]: { ids, label: text(fields, "label") } };
    for (const spot of spots) if (spot.sort === "merge") set[spot.id] = null;
    if (!ws.do(deed("merge"), set)) return;
    ws.select([ws.scene.spotOf.get(ids[0]!) ?? ""]);
    ws.say(w("merged", { n: ids.length, label: text(fields, "label") }));
  });
}

export function split({ ws }: Scope): void {
  const merges = ws.spots.filter(({ sort }) => sort === "merge");
  const set: Change = {};
  for (const spot of merges) {
    set[spot.id] = null;
    spot.ids.forEach((id, i) => { // they lay on each other: beside each other now, the first where it was
      if (i) set[`item/${id}`] = { ...ws.cells[`item/${id}`], x: spot.x + 110 * i, y: spot.y };
    });
  }
  if (ws.do(deed("split"), set)) {
    ws.select(merges.flatMap(({ ids }) => ids));
    ws.say(w("was-split"));
  }
}

export function note({ ws, host }: Scope): void {
  const on = ws.spots.find(({ sort }) => sort === "item" || sort === "merge");
  form(host, deed("note"), [h("p", { class: "hint" }, on ? w("note-on", { what: on.caption }) : w("note-free")), field(w("note-text"), h("textarea", { name: "text", rows: 4, maxlength: 2000, required: true, autofocus: true }))], w("save"), (fields) => {
    const { x, y } = ws.middle;
    ws.do(deed("note"), { [ws.fresh("note")]: { on: on?.ids[0] ?? "", text: text(fields, "text"), x: Math.round(x + (on ? 120 : 0)), y: Math.round(y - (on ? 70 : 0)) } });
    ws.say(w("noted"));
  });
}

export function drawLine({ ws, host }: Scope): void {
  const ends = ws.spots.filter(({ ids, sort }) => ids.length && sort !== "group");
  const [from, to] = [ends[0]?.ids[0], ends[1]?.ids[0]];
  if (!from || !to || ends.length !== 2) return ws.say(w("needs", { what: deed("draw"), n: 2 }), true);
  form(host, deed("draw"), [
    h("p", { class: "hint" }, w("draw-text", { from: ws.nameOf(from), to: ws.nameOf(to) })), naming(w("line-name")),
    field(w("certainty"), select("certainty", ["confirmed", "unconfirmed", "tentative"].map((value) => [value, w(`certainty-${value}`)] as const), "tentative")),
  ], deed("draw"), (fields) => {
    ws.do(deed("draw"), { [ws.fresh("drawn")]: { from, to, label: text(fields, "label"), certainty: text(fields, "certainty") } });
    ws.say(w("drawn"));
  });
}

export function theme({ ws, host }: Scope): void {
  const ids = ws.chosen;
  form(host, deed("theme"), [h("p", { class: "hint" }, w("theme-text")), naming(w("theme-name"), ws.spots[0]?.caption)], deed("theme"), (fields) => {
    ws.do(deed("theme"), { [ws.fresh("theme")]: { label: text(fields, "label"), ids } });
    ws.say(w("themed", { label: text(fields, "label") }));
  });
}

function onItems(ws: Workspace, label: string, change: (id: string, cell: NonNullable<Change[string]>) => Change[string]): boolean {
  const set: Change = {};
  for (const id of ws.chosen) {
    const cell = ws.cells[`item/${id}`];
    if (cell) set[`item/${id}`] = change(id, cell);
  }
  return ws.do(label, set);
}

export function pin({ ws }: Scope): void {
  const on = !ws.spots.every(({ pinned }) => pinned);
  if (onItems(ws, deed("pin"), (_, cell) => ({ ...cell, pinned: on }))) ws.say(w(on ? "pinned" : "unpinned", { n: ws.spots.length }));
}

export function hide({ ws }: Scope): void {
  const many = ws.chosen.length;
  if (onItems(ws, deed("hide"), (_, cell) => ({ ...cell, hidden: true }))) ws.say(w("hidden", { n: many }));
}

export function unhide({ ws }: Scope): void {
  const set: Change = {};
  for (const [key, , cell] of cellsOf(ws.cells, "item")) if (cell.hidden) set[key] = { ...cell, hidden: false };
  if (ws.do(deed("unhide"), set)) ws.say(w("unhidden", { n: Object.keys(set).length }));
}

/** Takes off the chart; the records themselves stay where they are. Links go with a filter, never one by one. */
export function remove({ ws }: Scope): void {
  const set: Change = {};
  for (const spot of ws.spots) {
    if (spot.sort !== "item") set[spot.id] = null;
    for (const id of spot.ids) set[`item/${id}`] = null;
  }
  for (const id of ws.selection) if (id.startsWith("group/")) set[id] = null;
  for (const line of ws.lines) if (line.sort === "drawn") for (const id of line.ids) set[id] = null;
  const gone = new Set(Object.keys(set));
  for (const [key, , cell] of cellsOf(ws.cells, "note")) if (cell.on && gone.has(`item/${cell.on}`)) set[key] = null;
  if (ws.do(deed("remove"), set)) ws.say(w("removed", { n: gone.size }));
  else ws.say(w("cannot-remove"), true);
}

export function chooseNone({ ws, canvas }: Scope): void {
  ws.path = new Set();
  canvas.mark(ws.path, "on-path");
  ws.select([]);
}

export function chooseBeside({ ws }: Scope): void {
  const ids = new Set(ws.spots.map(({ id }) => id));
  for (const id of [...ids]) for (const { other } of ws.neighbours(id)) ids.add(other);
  ws.select(ids);
  ws.say(w("chosen", { n: number(ids.size) }));
}

export function snapshot({ ws, host }: Scope): void {
  form(host, deed("snapshot"), [h("p", { class: "hint" }, w("snapshot-text")), field(w("snapshot-title"), h("input", { name: "label", maxlength: 200, required: true, autofocus: true, value: `${ws.title} · ${new Date().toISOString().slice(0, 10)}` }))], w("save"), async (fields) => {
    const made = await ws.from(ws.store.ask(`${ws.store.chart}/snapshots`, { title: text(fields, "label") }));
    if (made) ws.say(w("snapshot-made"));
    return made !== null;
  });
}
