// Conditional formatting: what is … gets this colour or this size. The rules stand in the legend's dialog, and go
// as they came, by one command.

import type { Scope } from "./commands";
import { open } from "./dialog";
import { field, h, select } from "./dom";
import { colour, COLOURS, inks } from "./looks";
import { cellsOf } from "./scene";
import { counts, type Facet } from "./sieve";
import { country, deed, named, w } from "./words";

const BY = ["category", "kind", "country", "owner", "grade"] as const;

export function formatDialog({ ws, host }: Scope): void {
  const { dark } = inks(host);
  const rules = h("ul", { class: "c-rules" });
  const by = select("by", [...BY.map((one) => [one, w(`facet-${one}`)] as const), ...Object.entries(ws.measureWords).map(([slug, { label }]) => [`measure:${slug}`, label] as const)]);
  const is = h("select", { name: "is" });
  const hue = select("colour", [["", w("no-colour")], ...COLOURS.map((name) => [name, w(`colour-${name}`)] as const)]);
  const size = select("size", [["", w("size-same")], ["56", w("size-larger")], ["76", w("size-largest")]]);
  const words = new Map(ws.placed.map(({ kind, label }) => [kind, label]));
  const text = (of: string, value: string): string => (of === "country" ? country(value) : of === "kind" ? words.get(value) || value : of === "category" ? named("category", value) : value) || w("none-stated");

  const fill = (): void => {
    const measure = by.value.startsWith("measure:");
    is.replaceChildren(...(measure ? [h("option", { value: "" }, w("by-value"))] : counts(by.value as Facet, ws.placed, []).map(([value]) => h("option", { value }, text(by.value, value)))));
    is.disabled = measure;
  };
  const draw = (): void => {
    const found = cellsOf(ws.cells, "format");
    rules.replaceChildren(...found.map(([key, , cell]) => {
      const dot = h("span", { class: "c-swatch" });
      if (cell.colour) dot.style.backgroundColor = colour(cell.colour, dark);
      const of = cell.by ?? "";
      const what = of.startsWith("measure:") ? ws.measureWords[of.slice(8)]?.label ?? of.slice(8) : `${w(`facet-${of}`)}: ${text(of, cell.is ?? "")}`;
      return h("li", {}, dot, h("span", {}, what, " → ", [cell.colour ? w(`colour-${cell.colour}`) : "", cell.size ? w("size") : ""].filter(Boolean).join(", ")),
        h("button", { type: "button", class: "small", click: () => { ws.do(deed("format"), { [key]: null }); draw(); } }, w("take-away")));
    }), ...(found.length ? [] : [h("li", { class: "muted" }, w("no-rules"))]));
  };
  by.addEventListener("change", fill);
  const add = h("button", { type: "button", class: "primary", click: () => {
    if (!hue.value && !size.value) return ws.say(w("rule-empty"), true);
    ws.do(deed("format"), { [ws.fresh("format")]: { by: by.value, is: is.value, ...(hue.value ? { colour: hue.value } : {}), ...(size.value ? { size: size.value } : {}) } });
    draw();
  } }, w("add-rule"));
  open(host, deed("format"), [rules, h("div", { class: "c-grid" }, field(w("rule-by"), by), field(w("rule-is"), is), field(w("colour"), hue), field(w("size"), size)), ws.measures.size ? null : h("p", { class: "hint" }, w("measures-first"))], [add]);
  fill();
  draw();
}
