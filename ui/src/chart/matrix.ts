// Heat matrices: weekday × hour, actor × month, and who is linked with whom. A table, so that it is read as one;
// the number stands in each cell, the shade only helps the eye.

import { h, select } from "./dom";
import type { Link } from "./types";
import { month, number, w, weekday } from "./words";
import type { Workspace } from "./workspace";

export interface Matrix { rows: string[]; columns: string[]; cells: number[][] }
const MOST = 40;

/** How often each actor's links begin in each month; the actors with most first. */
export function byMonth(links: readonly Link[], name: (id: string) => string): Matrix & { ids: string[] } {
  const dated = links.filter(({ since, until }) => since || until);
  const index = (link: Link): number => {
    const date = link.since || link.until;
    return Number(date.slice(0, 4)) * 12 + Number(date.slice(5, 7) || 1) - 1;
  };
  if (!dated.length) return { rows: [], columns: [], cells: [], ids: [] };
  const all = dated.map(index);
  const first = Math.min(...all);
  const span = Math.max(...all) - first + 1;
  const step = Math.max(1, Math.ceil(span / MOST));
  const counts = new Map<string, number[]>();
  for (const link of dated)
    for (const id of new Set([link.from, link.to])) {
      const row = counts.get(id) ?? counts.set(id, new Array<number>(Math.ceil(span / step)).fill(0)).get(id)!;
      row[Math.floor((index(link) - first) / step)]!++;
    }
  const sum = (row: number[]): number => row.reduce((a, b) => a + b, 0);
  const top = [...counts].sort((a, b) => sum(b[1]) - sum(a[1])).slice(0, MOST);
  const columns = Array.from({ length: Math.ceil(span / step) }, (_, i) => month(Math.floor((first + i * step) / 12), (first + i * step) % 12));
  return { rows: top.map(([id]) => name(id)), columns, cells: top.map(([, row]) => row), ids: top.map(([id]) => id) };
}

/** Who is linked with whom, how often. */
export function association(links: readonly Link[], name: (id: string) => string): Matrix & { ids: string[] } {
  const degree = new Map<string, number>();
  for (const { from, to, more } of links) for (const id of [from, to]) degree.set(id, (degree.get(id) ?? 0) + 1 + more);
  const ids = [...degree].sort((a, b) => b[1] - a[1]).slice(0, MOST).map(([id]) => id);
  const at = new Map(ids.map((id, i) => [id, i]));
  const cells = ids.map(() => new Array<number>(ids.length).fill(0));
  for (const { from, to, more } of links) {
    const [a, b] = [at.get(from), at.get(to)];
    if (a === undefined || b === undefined || a === b) continue;
    cells[a]![b]! += 1 + more;
    cells[b]![a]! += 1 + more;
  }
  return { rows: ids.map(name), columns: ids.map(name), cells, ids };
}

/** Weekday (0 Monday) × hour of links whose beginning has a time of day, as stated. */
export function byHour(links: readonly Link[]): Matrix {
  const cells = Array.from({ length: 7 }, () => new Array<number>(24).fill(0));
  for (const { since } of links) {
    const hour = /^\d{4}-\d\d-\d\dT(\d\d)/.exec(since)?.[1];
    if (hour) cells[(new Date(`${since.slice(0, 10)}T00:00:00Z`).getUTCDay() + 6) % 7]![Number(hour)]!++;
  }
  return { rows: cells.map((_, i) => weekday(i)), columns: Array.from({ length: 24 }, (_, i) => String(i).padStart(2, "0")), cells };
}

export function matrixTab(ws: Workspace, box: HTMLElement): void {
  let which = "months";
  let stale = true;
  const choice = select("matrix", ["months", "association", "hours"].map((one) => [one, w(`matrix-${one}`)] as const), which);
  choice.addEventListener("change", () => {
    which = choice.value;
    draw();
  });
  choice.setAttribute("aria-label", w("tab-matrix"));
  const into = h("div", { class: "c-scroll" });
  box.append(h("div", { class: "c-tab-head" }, choice, h("p", { class: "hint" }, w("matrix-text"))), into);

  const draw = (): void => {
    if (box.hidden) return void (stale = true);
    stale = false;
    const links = ws.placedLinks.filter(({ id }) => ws.sifted.links.has(id));
    const name = (id: string): string => ws.items.get(id)?.caption ?? id;
    const made: Matrix & { ids?: string[] } = which === "months" ? byMonth(links, name) : which === "association" ? association(links, name) : byHour(links);
    const most = Math.max(0, ...made.cells.flat());
    if (!most) return into.replaceChildren(h("p", { class: "empty" }, w(which === "hours" ? "no-times" : "no-dates")));
    const slant = made.columns.some((text) => text.length > 8);
    into.replaceChildren(h("table", { class: slant ? "c-heat c-slant" : "c-heat" },
      h("caption", { class: "unseen" }, w(`matrix-${which}`)),
      h("thead", {}, h("tr", {}, h("td", {}), ...made.columns.map((text) => h("th", { scope: "col" }, h("span", {}, text))))),
      h("tbody", {}, ...made.rows.map((text, i) => {
        const id = made.ids?.[i];
        const label = id ? h("button", { type: "button", class: "c-plain", click: () => ws.select([ws.scene.spotOf.get(id) ?? id]) }, h("bdi", {}, text)) : text;
        return h("tr", {}, h("th", { scope: "row" }, label), ...made.cells[i]!.map((many) => {
          const cell = h("td", {}, many ? number(many) : "");
          if (many) cell.style.setProperty("--heat", `${Math.round(6 + 39 * (many / most))}%`);
          return cell;
        }));
      }))));
  };
  ws.on((what) => { if (what === "drawing" || (what === "tab" && ws.tab === "matrix" && stale)) draw(); });
}
