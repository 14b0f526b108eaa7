// The legend on the left: every value with its sign and its number, and a switch. A bar behind each is its share.

import { h, s } from "./dom";
import { hueOf, icon, inks } from "./looks";
import { counts, FACETS, isOpen, LINK_FACETS, OPEN, toggled, type Facet } from "./sieve";
import { cellsOf } from "./scene";
import { country, named, number, w } from "./words";
import type { Workspace } from "./workspace";

const LEAST = 10; // values shown before "more"

export function legend(ws: Workspace, box: HTMLElement): void {
  const open = new Set<string>(["kind", "link", "category"]);
  const all = new Set<string>();
  const draw = (): void => {
    const items = ws.placed;
    const links = ws.placedLinks;
    const words = new Map([...items.map(({ kind, label }) => [kind, label] as const), ...links.map(({ kind, label }) => [kind, label] as const)]);
    const focused = (document.activeElement as HTMLElement | null)?.dataset["key"];
    const colours = inks(box);
    const text = (facet: Facet, value: string): string => {
      if (!value) return w("none-stated");
      if (facet === "kind" || facet === "link") return words.get(value) || value;
      if (facet === "country") return country(value);
      return facet === "category" ? named("category", value) : facet === "certainty" || facet === "link-certainty" ? named("certainty", value) : value;
    };
    const sign = (facet: Facet, value: string): Node | null => {
      if (facet === "kind") return h("img", { src: icon(value, hueOf(value, colours.dark)), alt: "", width: 18, height: 18 });
      if (facet !== "link-certainty" && facet !== "certainty") return null;
      const dash = { unconfirmed: "6 4", tentative: "1 4" }[value] ?? "";
      return s("svg", { width: 26, height: 10, "aria-hidden": "true" }, s("line", { x1: 1, y1: 5, x2: 25, y2: 5, stroke: "currentColor", "stroke-width": 2, "stroke-linecap": "round", "stroke-dasharray": dash || null }));
    };
    const part = (facet: Facet): HTMLElement | null => {
      const found = counts(facet, items, links);
      if (!found.length || (found.length === 1 && !found[0]![0])) return null;
      const most = found[0]![1];
      const shown = all.has(facet) ? found : found.slice(0, LEAST);
      const rows = shown.map(([value, many]) => {
        const key = `${facet} ${value}`;
        const bar = h("span", { class: "c-bar" });
        bar.style.inlineSize = `${(100 * many) / most}%`;
        return h("label", { class: "c-row" }, bar,
          h("input", { type: "checkbox", "data-key": key, checked: !ws.sieve.off.get(facet)?.has(value), change: () => ws.sift(toggled(ws.sieve, facet, value)) }),
          sign(facet, value), h("bdi", {}, text(facet, value)), h("span", { class: "c-num" }, number(many)));
      });
      const details = h("details", { open: open.has(facet), toggle: () => { if (details.open) open.add(facet); else open.delete(facet); } },
        h("summary", { "data-key": facet }, w(`facet-${facet}`), ws.sieve.off.get(facet)?.size ? h("span", { class: "badge info" }, w("filtered")) : null), ...rows,
        found.length > shown.length ? h("button", { type: "button", class: "quiet small", click: () => { all.add(facet); draw(); } }, w("more-values", { n: found.length - shown.length })) : null);
      return details;
    };
    const hidden = cellsOf(ws.cells, "item").filter(([, , cell]) => cell.hidden).length;
    const parts = [...FACETS, ...LINK_FACETS].map(part).filter((one) => one !== null);
    box.replaceChildren(
      h("h2", {}, w("legend")),
      parts.length ? "" : h("p", { class: "hint" }, w("legend-empty")),
      isOpen(ws.sieve) ? "" : h("p", {}, h("button", { type: "button", class: "small", click: () => ws.sift(OPEN) }, w("cmd-filter-none"))),
      ...parts, hidden ? h("p", { class: "hint" }, w("n-hidden", { n: hidden })) : "");
    if (focused) box.querySelector<HTMLElement>(`[data-key="${CSS.escape(focused)}"]`)?.focus();
  };
  ws.on((what) => { if (what === "drawing") draw(); });
  draw();
}
