// Expanding: what it would bring is counted, by kind and direction, before it runs.

import type { Scope } from "./commands";
import { form, text } from "./dialog";
import { field, h, select } from "./dom";
import type { Around, Found } from "./types";
import { deed, number, w } from "./words";

/** What lies around things, whatever they are many of: counts added up by kind and direction. */
export function totals(counts: readonly Around[]): { kind: string; label: string; out: number; in: number; many: number }[] {
  const found = new Map<string, { kind: string; label: string; out: number; in: number; many: number }>();
  for (const { kind, label, direction, many } of counts) {
    const row = found.get(kind) ?? { kind, label, out: 0, in: 0, many: 0 };
    if (direction !== "in") row.out += many;
    if (direction !== "out") row.in += many;
    row.many += many;
    found.set(kind, row);
  }
  return [...found.values()].sort((a, b) => b.many - a.many);
}

const MOST = 50;

export async function expand({ ws, host }: Scope): Promise<void> {
  const ids = ws.chosen;
  if (ids.length > MOST) return ws.say(w("at-most", { what: deed("expand"), n: MOST }), true);
  const told = await ws.from(ws.store.network<{ counts: Around[] }>("around", { ids }));
  if (!told) return;
  const rows = totals(told.counts);
  if (!rows.length) return ws.say(w("nothing-around"));
  const total = h("output", {});
  const kinds = rows.map((row) => h("label", { class: "c-row" },
    h("input", { type: "checkbox", name: "kind", value: row.kind, checked: true }), h("span", {}, row.label), h("span", { class: "c-num" }, number(row.many)),
    h("small", { class: "muted" }, row.out === row.in ? "" : w("out-in", { out: row.out, in: row.in }))));
  const body = [
    h("fieldset", { class: "c-choices" }, h("legend", {}, w("expand-kinds")), ...kinds),
    h("div", { class: "c-grid" },
      field(w("direction"), select("direction", ["both", "out", "in"].map((way) => [way, w(`direction-${way}`)] as const))),
      field(w("hops"), select("hops", [["1", w("hops-1")], ["2", w("hops-2")]])),
      field(w("since"), h("input", { type: "date", name: "since" })), field(w("until"), h("input", { type: "date", name: "until" })),
      field(w("limit"), h("input", { type: "number", name: "limit", value: 50, min: 1, max: 500 })),
      field(w("scope"), select("scope", [["file", w("scope-file")], ["all", w("scope-all")]]))),
    h("p", { class: "hint" }, total),
  ];
  const { dialog } = form(host, `${deed("expand")} · ${ids.length === 1 ? ws.nameOf(ids[0]!) : w("n-items", { n: ids.length })}`, body, deed("expand"), async (fields) => {
    const found = await ws.from(ws.store.network<Found>("expand", {
      ids, kinds: fields.getAll("kind"), direction: text(fields, "direction"), since: text(fields, "since") || null, until: text(fields, "until") || null,
      limit: Number(text(fields, "limit")) || 50, hops: Number(text(fields, "hops")), scope: text(fields, "scope"),
    }));
    if (found) ws.add(found, deed("expand"));
    return found !== null;
  });
  const count = (): void => {
    const ticked = new Set([...dialog.querySelectorAll<HTMLInputElement>("[name=kind]:checked")].map(({ value }) => value));
    const way = dialog.querySelector<HTMLSelectElement>("[name=direction]")!.value;
    const many = rows.filter(({ kind }) => ticked.has(kind)).reduce((sum, row) => sum + (way === "both" ? row.many : way === "in" ? row.in : row.out), 0);
    total.textContent = w("expand-total", { n: many });
    dialog.querySelector<HTMLButtonElement>("footer .primary")!.disabled = !ticked.size;
  };
  dialog.addEventListener("input", count);
  count();
}
