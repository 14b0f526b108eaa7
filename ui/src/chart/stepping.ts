// The keyboard on the canvas: arrows walk from item to item, comma and dot through the links of the one walked to,
// Space selects, Shift moves the item, Ctrl moves the picture. What is walked to is said.

import type { Scope } from "./commands";
import { named, w } from "./words";
import { nextTowards, shift } from "./walking";

const NUDGE = 24;

export function walkKey(event: KeyboardEvent, scope: Scope): void {
  const { ws, canvas } = scope;
  const spots = [...ws.scene.spots.values()];
  const line = ws.scene.lines.get(ws.walked);
  const here = ws.scene.spots.get(ws.walked) ?? (line ? null : ws.spots[0] ?? null);
  const go = (id: string): void => {
    ws.walked = id;
    canvas.walk(id);
    ws.say(spoken(scope, id));
  };
  if (event.altKey) return;
  if (event.key.startsWith("Arrow")) {
    if (event.ctrlKey || event.metaKey) canvas.pan(event.key);
    else if (event.shiftKey && here) {
      const by = shift(event.key);
      const chosen = ws.selection.has(here.id) ? ws.spots : [here];
      ws.moved(new Map(chosen.map((spot) => [spot.id, { x: spot.x + NUDGE * by.x, y: spot.y + NUDGE * by.y }])));
    } else if (line) { // from a link to the end that lies that way
      const ends = [line.from, line.to].flatMap((id) => ws.scene.spots.get(id) ?? []);
      const middle = { x: (ends[0]!.x + ends[1]!.x) / 2, y: (ends[0]!.y + ends[1]!.y) / 2 };
      const by = shift(event.key);
      const end = [...ends].sort((a, b) => (b.x - a.x) * by.x + (b.y - a.y) * by.y)[0]!;
      if (Math.abs((end.x - middle.x) * by.x + (end.y - middle.y) * by.y) > 1) go(end.id);
    } else if (!here) {
      const first = spots.sort((a, b) => a.y - b.y || a.x - b.x)[0];
      if (first) go(first.id);
    } else {
      const next = nextTowards(here, event.key, spots.filter(({ id }) => id !== here.id));
      if (next) go(next.id);
    }
  } else if ((event.key === "," || event.key === ".") && (here || line)) {
    const from = here?.id ?? walkedFrom;
    const lines = ws.neighbours(from).map((one) => one.line);
    const at = lines.findIndex(({ id }) => id === ws.walked);
    const next = lines.at(event.key === "." ? (at + 1) % lines.length : at <= 0 ? -1 : at - 1);
    walkedFrom = from;
    if (next) go(next.id);
  } else if (event.key === " " && ws.walked) {
    const ids = new Set(ws.selection);
    if (!ids.delete(ws.walked)) ids.add(ws.walked);
    ws.select(ids);
    ws.say(w(ids.has(ws.walked) ? "is-chosen" : "not-chosen", { what: ws.nameOf(ws.walked) }));
  } else {
    // A command is about what the keyboard stands on, where nothing is selected.
    if (!ws.selection.size && ws.walked && !event.ctrlKey && !event.metaKey && /^([a-z]|Enter|Delete)$/i.test(event.key)) ws.select([ws.walked]);
    return;
  }
  event.preventDefault();
  event.stopPropagation();
}

let walkedFrom = "";

/** What a screen reader hears of an item or a link. */
function spoken({ ws }: Scope, id: string): string {
  const line = ws.scene.lines.get(id);
  if (line) return [ws.nameOf(line.from), line.label || w("drawn-line"), ws.nameOf(line.to), named("certainty", line.certainty)].filter(Boolean).join(", ");
  const spot = ws.scene.spots.get(id);
  if (!spot) return "";
  const first = ws.items.get(spot.ids[0] ?? "");
  return [spot.caption, spot.sort === "item" ? first?.label : "", spot.category ? named("category", spot.category) : "", spot.owner, spot.grade, w("n-links", { n: ws.neighbours(id).length })].filter(Boolean).join(", ");
}
