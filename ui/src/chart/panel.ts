// The panel on the right: what is selected, each statement with its owner and grade, its links, notes and numbers.

import { byId, enabled, run, type Scope } from "./commands";
import { h } from "./dom";
import { totals } from "./expand";
import { icon } from "./looks";
import { cellsOf, type Line, type Spot } from "./scene";
import type { Around, Item } from "./types";
import { country, day, moment, named, number, period, w } from "./words";

const actions = (scope: Scope, ids: readonly string[]): HTMLElement => h("div", { class: "c-actions" }, ...ids.map(byId).filter((action) => enabled(action, scope.ws))
  .map((action) => h("button", { type: "button", class: "small", click: () => run(action, scope) }, w(`cmd-${action.id}`), " ", h("kbd", {}, action.keys))));

const badges = (of: { grade: string; certainty: string; owner: string }): HTMLElement => h("p", { class: "c-badges" },
  of.owner ? h("span", { class: "bureau", title: w("owner") }, of.owner) : null,
  h("span", { class: of.grade ? "badge info" : "badge warn" }, of.grade ? w("grade-is", { grade: of.grade }) : w("no-grade")),
  of.certainty ? h("span", { class: "badge" }, named("certainty", of.certainty)) : null);

export function panel(scope: Scope, box: HTMLElement): void {
  const { ws } = scope;
  let asked = 0;

  const statement = (item: Item): HTMLElement => h("section", { class: "c-statement" }, badges(item),
    h("dl", {}, ...[
      ...(item.since || item.until ? [[w("dates"), [period(item.since, item.until)]] as const] : []),
      ...(item.place ? [[w("place"), [item.place]] as const] : []),
      ...(item.countries.length ? [[w("countries"), item.countries.map(country)] as const] : []),
      ...item.facts.map(({ label, values }) => [label, values.map((value) => (/^\d{4}-\d\d-\d\d$/.test(value) ? day(value) : value))] as const),
    ].map(([label, values]) => h("div", {}, h("dt", {}, label), ...values.map((value) => h("dd", {}, h("bdi", {}, value)))))),
    h("p", { class: "hint" }, h("a", { href: `/records/${encodeURIComponent(item.id)}`, target: "_blank", rel: "noopener" }, w("open-record"))));

  const linkRow = ({ line, other }: { line: Line; other: string }, from: string): HTMLElement => h("li", {}, h("button", { type: "button", class: "c-link", click: () => ws.select([other]) },
    h("span", { class: "c-way", "aria-label": w(line.directed ? (line.from === from ? "direction-out" : "direction-in") : "direction-both") }, line.directed ? (line.from === from ? "→" : "←") : "—"),
    h("span", {}, h("bdi", {}, ws.nameOf(other)), h("small", {}, [line.sort === "drawn" ? w("drawn-line") : "", line.label, line.many > 1 ? `×${number(line.many)}` : "", period(line.since, line.until), named("certainty", line.certainty)].filter(Boolean).join(" · ")))));

  const notes = (ids: readonly string[]): HTMLElement | null => {
    const found = cellsOf(ws.cells, "note").filter(([, , cell]) => cell.on && ids.includes(cell.on));
    return found.length ? h("section", {}, h("h3", {}, w("notes")), ...found.map(([, , cell]) => h("blockquote", { class: "c-note" }, cell.text ?? "", h("footer", {}, [cell.by, cell.at ? moment(cell.at) : ""].filter(Boolean).join(" · "))))) : null;
  };

  const numbers = (spot: Spot): HTMLElement | null => {
    const row = spot.ids.map((id) => ws.measures.get(id)).find(Boolean);
    return row ? h("section", {}, h("h3", {}, w("tab-measures")), h("dl", { class: "c-numbers" }, ...Object.entries(row.measures).map(([slug, { value, rank, low, high }]) =>
      h("div", {}, h("dt", {}, ws.measureWords[slug]?.label ?? slug), h("dd", {}, number(value, 3), " ", h("small", {}, low !== null && high !== null && low < high ? w("rank-band", { rank, low, high }) : w("rank", { rank }))))))) : null;
  };

  const one = (spot: Spot): (Node | string)[] => {
    const items = spot.ids.flatMap((id) => ws.items.get(id) ?? []);
    const first = items[0];
    const around = h("div", {});
    if (spot.sort === "item" || spot.sort === "merge") void more(spot, around);
    const beside = ws.neighbours(spot.id).filter(({ line }) => line.sort !== "note");
    return [
      h("header", { class: "c-who" }, first && spot.sort !== "group" ? h("img", { src: icon(first.kind, getComputedStyle(box).color), alt: "", width: 28, height: 28 }) : "",
        h("div", {}, h("h2", { tabindex: -1 }, h("bdi", {}, spot.caption)), h("p", { class: "muted" }, spot.sort === "group" ? w("n-items", { n: items.length }) : [first?.label, spot.category ? named("category", spot.category) : ""].filter(Boolean).join(" · ")))),
      spot.sort === "merge" ? h("p", { class: "hint" }, w("is-merged", { n: items.length })) : "",
      ...(spot.sort === "note" ? [h("p", { class: "muted" }, spot.owner)] : []),
      actions(scope, spot.sort === "note" ? ["remove"] : ["expand", "paths", "note", "split", "collapse", "hide"]), around,
      ...(spot.sort === "group" ? [h("ul", { class: "c-links" }, ...items.map((item) => h("li", {}, h("bdi", {}, item.caption))))] : items.map(statement)),
      notes(spot.ids) ?? "", numbers(spot) ?? "",
      beside.length ? h("section", {}, h("h3", {}, w("links"), " ", h("span", { class: "count" }, number(beside.length))), h("ul", { class: "c-links" }, ...beside.slice(0, 200).map((row) => linkRow(row, spot.id)))) : "",
    ];
  };

  const more = async (spot: Spot, into: HTMLElement): Promise<void> => {
    const turn = ++asked;
    await new Promise((wait) => setTimeout(wait, 350)); // who walks on by the arrows asks nothing
    if (turn !== asked || !into.isConnected) return;
    const told = await ws.from(ws.store.network<{ counts: Around[] }>("around", { ids: spot.ids.slice(0, 200) }));
    if (turn !== asked || !told) return;
    const rows = totals(told.counts);
    const here = ws.placedLinks.filter(({ from, to }) => spot.ids.includes(from) || spot.ids.includes(to)).length;
    const many = rows.reduce((sum, row) => sum + row.many, 0);
    into.replaceChildren(h("p", { class: "hint" }, many > here ? w("around-more", { here, many }) : w("around-all", { n: many })));
  };

  const oneLine = (line: Line): (Node | string)[] => [
    h("header", { class: "c-who" }, h("div", {}, h("h2", { tabindex: -1 }, line.label || w("drawn-line")), h("p", { class: "muted" }, h("bdi", {}, ws.nameOf(line.from)), line.directed ? " → " : " — ", h("bdi", {}, ws.nameOf(line.to))))),
    line.sort === "drawn" ? h("p", { class: "notice warn slim" }, w("drawn-text")) : "",
    actions(scope, ["remove"]),
    ...line.ids.flatMap((id) => {
      const link = ws.links.get(id);
      if (!link) return [];
      return [h("section", { class: "c-statement" }, badges(link), link.since || link.until ? h("p", {}, period(link.since, link.until)) : null, link.more ? h("p", { class: "hint" }, w("more-statements", { n: link.more })) : null)];
    }),
  ];

  const several = (): (Node | string)[] => {
    const kinds = new Map<string, number>();
    for (const id of ws.chosen) kinds.set(ws.items.get(id)?.label ?? "", (kinds.get(ws.items.get(id)?.label ?? "") ?? 0) + 1);
    return [
      h("h2", { tabindex: -1 }, w("n-selected", { n: ws.selection.size })),
      h("dl", { class: "c-numbers" }, ...[...kinds].map(([label, many]) => h("div", {}, h("dt", {}, label), h("dd", {}, number(many))))),
      actions(scope, ["expand", "paths", "connect", "group", "collapse", "ungroup", "merge", "split", "draw", "theme", "pin", "hide", "layout", "remove"]),
      h("ul", { class: "c-links" }, ...ws.spots.slice(0, 100).map((spot) => h("li", {}, h("button", { type: "button", class: "c-link", click: () => ws.select([spot.id]) }, h("span", {}, h("bdi", {}, spot.caption), h("small", {}, [spot.owner, spot.grade].filter(Boolean).join(" · "))))))),
    ];
  };

  const nothing = (): (Node | string)[] => {
    const items = ws.placed;
    const dated = ws.placedLinks.flatMap(({ since, until }) => [since, until].filter(Boolean)).sort();
    return [
      h("h2", { tabindex: -1 }, h("bdi", {}, ws.title)),
      h("dl", { class: "c-numbers" },
        h("div", {}, h("dt", {}, w("items")), h("dd", {}, number(items.length))), h("div", {}, h("dt", {}, w("links")), h("dd", {}, number(ws.placedLinks.length))),
        h("div", {}, h("dt", {}, w("owners")), h("dd", {}, [...new Set(items.map(({ owner }) => owner))].sort().join(", "))),
        ...(dated.length ? [h("div", {}, h("dt", {}, w("dates")), h("dd", {}, `${day(dated[0]!)} – ${day(dated.at(-1)!)}`))] : [])),
      h("p", { class: "hint" }, w("panel-hint")), actions(scope, ["layout", "format", "export", "help"]),
    ];
  };

  const draw = (): void => {
    asked++;
    const { spots, lines } = ws;
    const content = spots.length === 1 && !lines.length ? one(spots[0]!) : lines.length === 1 && !spots.length ? oneLine(lines[0]!) : ws.selection.size ? several() : nothing();
    box.replaceChildren(...content);
  };
  ws.on((what) => { if (what !== "tab") draw(); });
  draw();
}
