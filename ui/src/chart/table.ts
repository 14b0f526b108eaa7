// The chart's twin: a treegrid of items, each opening to its links. Everything the canvas can do works from here by
// keyboard, and this is what a screen reader reads. The selection is the same.

import { h } from "./dom";
import { icon } from "./looks";
import type { Spot } from "./scene";
import { day, named, number, w } from "./words";
import type { Workspace } from "./workspace";

const COLUMNS = ["caption", "kind", "links", "owner", "grade", "since", "until", "certainty"] as const;
type Column = (typeof COLUMNS)[number];

export function tableTab(ws: Workspace, box: HTMLElement): void {
  let by: Column = "links";
  let down = true;
  let at = "";
  let stale = true;
  const opened = new Set<string>();
  const body = h("tbody", {});
  const heads = new Map<Column, HTMLElement>();
  const table = h("table", { role: "treegrid", class: "c-table", "aria-label": w("tab-table"), "aria-multiselectable": "true" },
    h("thead", {}, h("tr", {}, h("th", { scope: "col" }, h("span", { class: "unseen" }, w("chosen-column"))), ...COLUMNS.map((column) => {
      const head = h("th", { scope: "col" }, h("button", { type: "button", class: "c-plain", click: () => {
        down = by === column ? !down : column === "links";
        by = column;
        draw();
      } }, w(`column-${column}`)));
      heads.set(column, head);
      return head;
    }))), body);
  box.append(h("p", { class: "hint" }, w("table-text")), h("div", { class: "c-scroll" }, table));

  const facts = (spot: Spot, degree: ReadonlyMap<string, number>): Record<Column, string | number> => {
    const item = ws.items.get(spot.ids[0] ?? "");
    return {
      caption: spot.caption, kind: spot.sort === "note" ? w("notes") : spot.sort === "group" ? w("a-group") : item?.label ?? spot.kind, links: degree.get(spot.id) ?? 0,
      owner: spot.owner, grade: spot.grade, since: item?.since ?? "", until: item?.until ?? "", certainty: named("certainty", spot.certainty),
    };
  };

  const row = (spot: Spot, degree: ReadonlyMap<string, number>): HTMLElement => {
    const chosen = ws.selection.has(spot.id);
    const told = facts(spot, degree);
    return h("tr", { "data-id": spot.id, role: "row", "aria-level": 1, "aria-expanded": told.links ? String(opened.has(spot.id)) : null, "aria-selected": String(chosen), tabindex: spot.id === at ? 0 : -1 },
      h("td", {}, h("input", { type: "checkbox", tabindex: -1, checked: chosen, "aria-label": w("choose", { what: spot.caption }) })),
      h("th", { scope: "row" }, spot.sort === "item" || spot.sort === "merge" ? h("img", { src: icon(spot.kind, getComputedStyle(box).color), alt: "", width: 16, height: 16 }) : null, h("bdi", {}, spot.caption),
        spot.category ? h("span", { class: "badge" }, named("category", spot.category)) : null, spot.ids.length > 1 ? h("span", { class: "badge info" }, number(spot.ids.length)) : null),
      ...COLUMNS.slice(1).map((column) => h("td", { class: column === "links" ? "c-num" : "" }, column === "since" || column === "until" ? day(String(told[column])) : typeof told[column] === "number" ? number(told[column]) : told[column])));
  };

  const linkRows = (spot: Spot): HTMLElement[] => ws.neighbours(spot.id).map(({ line, other }) => h(
    "tr", { "data-id": line.id, role: "row", "aria-level": 2, "aria-selected": String(ws.selection.has(line.id)), tabindex: line.id === at ? 0 : -1, class: "c-sub" },
    h("td", {}), h("th", { scope: "row" }, h("span", { class: "c-way" }, line.directed ? (line.from === spot.id ? "→" : "←") : "—"), " ", h("bdi", {}, ws.nameOf(other))),
    h("td", {}, line.label || w("drawn-line")), h("td", { class: "c-num" }, line.many > 1 ? `×${number(line.many)}` : ""),
    h("td", {}, ws.links.get(line.ids[0] ?? "")?.owner ?? ""), h("td", {}, ws.links.get(line.ids[0] ?? "")?.grade ?? ""), h("td", {}, day(line.since)), h("td", {}, day(line.until)), h("td", {}, named("certainty", line.certainty))));

  const draw = (): void => {
    if (box.hidden) return void (stale = true);
    stale = false;
    const degree = new Map<string, number>();
    for (const { from, to, sort } of ws.scene.lines.values()) if (sort !== "note") for (const id of [from, to]) degree.set(id, (degree.get(id) ?? 0) + 1);
    const sorted = [...ws.scene.spots.values()].map((spot) => [spot, facts(spot, degree)[by]] as const).sort((a, b) => {
      const order = typeof a[1] === "number" ? a[1] - (b[1] as number) : String(a[1]).localeCompare(String(b[1]));
      return (down ? -order : order) || a[0].caption.localeCompare(b[0].caption);
    }).map(([spot]) => spot);
    if (!ws.scene.spots.has(at) && !ws.scene.lines.has(at)) at = sorted[0]?.id ?? "";
    const had = body.contains(document.activeElement);
    body.replaceChildren(...sorted.flatMap((spot) => [row(spot, degree), ...(opened.has(spot.id) ? linkRows(spot) : [])]));
    for (const [column, head] of heads) head.setAttribute("aria-sort", column === by ? (down ? "descending" : "ascending") : "none");
    if (had) here()?.focus({ preventScroll: true });
  };
  const here = (): HTMLElement | null => body.querySelector(`[data-id="${CSS.escape(at)}"]`);
  const go = (to: Element | null | undefined): void => {
    if (!(to instanceof HTMLElement) || !to.dataset["id"]) return;
    here()?.setAttribute("tabindex", "-1");
    at = to.dataset["id"];
    ws.walked = at;
    to.setAttribute("tabindex", "0");
    to.focus();
  };
  const toggle = (id: string, open?: boolean): void => {
    if (open ?? !opened.has(id)) opened.add(id);
    else opened.delete(id);
    draw();
  };
  const choose = (id: string, only: boolean): void => {
    const ids = new Set(only ? [] : ws.selection);
    if (!only && ids.has(id)) ids.delete(id);
    else ids.add(id);
    ws.select(ids);
    ws.say(w(ids.has(id) ? "is-chosen" : "not-chosen", { what: ws.scene.spots.get(id)?.caption ?? ws.scene.lines.get(id)?.label ?? "" }));
  };

  body.addEventListener("click", (event) => {
    const tr = (event.target as Element).closest<HTMLElement>("tr[data-id]");
    if (!tr) return;
    const ticking = event.target instanceof HTMLInputElement;
    go(tr);
    choose(tr.dataset["id"]!, !(ticking || event.ctrlKey || event.metaKey || event.shiftKey));
  });
  body.addEventListener("dblclick", (event) => { const tr = (event.target as Element).closest<HTMLElement>("tr[data-id]"); if (tr) toggle(tr.dataset["id"]!); });
  body.addEventListener("keydown", (event) => {
    const tr = here();
    if (!tr || event.ctrlKey || event.metaKey || event.altKey) return;
    const rows = [...body.children];
    const spot = ws.scene.spots.has(at);
    switch (event.key) {
      case "ArrowDown": go(tr.nextElementSibling); break;
      case "ArrowUp": go(tr.previousElementSibling); break;
      case "Home": go(rows[0]); break;
      case "End": go(rows.at(-1)); break;
      case "ArrowRight": if (spot) toggle(at, true); break;
      case "ArrowLeft": if (spot) toggle(at, false); break;
      case " ": choose(at, false); break;
      default:
        // A command from the keyboard is about the row one stands on where nothing is selected.
        if (!ws.selection.size && (event.key.length === 1 || event.key === "Enter" || event.key === "Delete")) ws.select([at]);
        return;
    }
    event.preventDefault();
    event.stopPropagation();
  });
  ws.on((what) => {
    if (what === "drawing" || (what === "tab" && ws.tab === "table" && stale)) draw();
    if (what === "selection" && !box.hidden)
      for (const tr of body.querySelectorAll<HTMLElement>("tr[data-id]")) {
        const chosen = ws.selection.has(tr.dataset["id"]!);
        tr.setAttribute("aria-selected", String(chosen));
        const tick = tr.querySelector("input");
        if (tick) tick.checked = chosen;
      }
  });
}
