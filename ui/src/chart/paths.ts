// How are A and B linked: shortest, all up to k hops, or the strongest by grade; and the network that connects
// three or more. Each hop shows what it is and how sure.

import type { Scope } from "./commands";
import { form, open, text } from "./dialog";
import { field, h, select } from "./dom";
import { searchBar } from "./search";
import type { Found, Item, Path } from "./types";
import { deed, named, number, w } from "./words";

interface Answer extends Found { paths: Path[]; whole?: boolean }

export function findPaths(scope: Scope): void {
  const { ws, host } = scope;
  const ends: (string | undefined)[] = [ws.spots[0]?.ids[0], ws.spots[1]?.ids[0]];
  const end = (i: 0 | 1): HTMLElement => {
    const name = h("bdi", { class: "c-end" }, ends[i] ? ws.nameOf(ends[i]!) : w("nobody-yet"));
    const box = h("div", { class: "c-search" });
    searchBar(scope, box, `c-end-${i}`, (item: Item) => {
      ws.know([item], []);
      ends[i] = item.id;
      name.textContent = item.caption;
    });
    return h("div", { class: "c-field" }, h("span", {}, w(i ? "path-to" : "path-from"), " ", name), box);
  };
  form(host, deed("paths"), [
    h("div", { class: "c-grid" }, end(0), end(1)),
    h("div", { class: "c-grid" },
      field(w("path-how"), select("how", ["shortest", "all", "strongest"].map((how) => [how, w(`how-${how}`)] as const))),
      field(w("path-hops"), h("input", { type: "number", name: "hops", value: 6, min: 1, max: 6 })),
      field(w("scope"), select("scope", [["file", w("scope-file")], ["all", w("scope-all")]]))),
  ], deed("paths"), async (fields) => {
    const [from, to] = ends;
    if (!from || !to || from === to) {
      ws.say(w("needs", { what: deed("paths"), n: 2 }), true);
      return false;
    }
    const told = await ws.from(ws.store.network<Answer>("paths", { from, to, how: text(fields, "how"), hops: Number(text(fields, "hops")) || 6, most: 10, scope: text(fields, "scope") }));
    if (told) show(scope, told);
    return told !== null;
  });
}

function show(scope: Scope, told: Answer): void {
  const { ws, host } = scope;
  if (!told.paths.length) return ws.say(w(told.whole === false ? "not-whole" : "no-path"));
  const nodes = new Map(told.nodes.map((node) => [node.id, node]));
  const links = new Map(told.links.map((link) => [link.id, link]));
  const lay = (path: Path): void => {
    opened.close();
    const things = path.things.flatMap((id) => nodes.get(id) ?? ws.items.get(id) ?? []);
    ws.add({ nodes: things, links: path.links.flatMap((id) => links.get(id) ?? []) }, deed("paths"));
    trace(scope, path.things, path.links);
  };
  const row = (path: Path): HTMLElement => h("li", {}, h("button", { type: "button", class: "c-path", click: () => lay(path) },
    ...path.things.flatMap((id, i) => {
      const link = links.get(path.links[i] ?? "");
      const hop = link ? h("small", {}, [link.label, link.grade, named("certainty", link.certainty)].filter(Boolean).join(" · ")) : null;
      return [h("bdi", {}, nodes.get(id)?.caption ?? ws.nameOf(id)), hop];
    }), h("span", { class: "c-num" }, path.strength ? w("strength", { n: number(path.strength, 2) }) : "")));
  const opened = open(host, w("paths-found", { n: told.paths.length }), [h("p", { class: "hint" }, w("paths-text"), told.whole === false ? ` ${w("not-whole")}` : ""), h("ol", { class: "c-paths" }, ...told.paths.map(row))], [], true);
}

/** Marks things and links on the canvas until the selection is given up. */
function trace({ ws, canvas }: Scope, things: readonly string[], links: readonly string[]): void {
  const spots = things.flatMap((id) => ws.scene.spotOf.get(id) ?? []);
  const wanted = new Set(links);
  const lines = [...ws.scene.lines.values()].filter(({ ids }) => ids.some((id) => wanted.has(id))).map(({ id }) => id);
  ws.path = new Set([...spots, ...lines]);
  canvas.mark(ws.path, "on-path");
  ws.select(spots);
}

export async function connect(scope: Scope): Promise<void> {
  const { ws } = scope;
  const told = await ws.from(ws.store.network<Found>("connect", { ids: ws.chosen.slice(0, 20), hops: 4 }));
  if (!told) return;
  if (!told.nodes.length) return ws.say(w("no-path"));
  ws.add(told, deed("connect"));
  trace(scope, told.nodes.map(({ id }) => id), told.links.map(({ id }) => id));
}
