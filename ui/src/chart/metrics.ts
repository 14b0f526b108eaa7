// Measures of the network on the chart, computed by the server over what this officer may see: value, rank, the
// band of ranks that missing links could give, and what each measure says. Never a label: it sorts a list.

import type { Scope } from "./commands";
import { field, h, select } from "./dom";
import type { Row } from "./formats";
import { answer, QUESTIONS, stampText } from "./questions";
import type { Stamp } from "./types";
import { named, number, w } from "./words";

interface Answer { stamp: Stamp; rows: Row[]; explain: Record<string, { label: string; text: string }> }
const MOST = 200;

export function metricsTab(scope: Scope, box: HTMLElement): void {
  const { ws } = scope;
  let by = "";
  let stamp: Stamp | undefined;
  let rows: Row[] = [];
  const into = h("div", {});
  const run = h("button", { type: "button", class: "primary", click: () => void compute() }, w("measure-run"));
  const choice = h("select", { "aria-label": w("measure-by"), change: () => { by = choice.value; draw(); } });
  const size = h("button", { type: "button", class: "small", click: () => rule({ size: "yes" }) }, w("size-by"));
  const hue = h("button", { type: "button", class: "small", click: () => rule({ colour: "red" }) }, w("colour-by"));
  const tools = h("div", { class: "c-actions" }, choice, size, hue);
  const measures = h("div", {}, h("div", { class: "c-tab-head" }, run, tools), into);
  const others = h("div", { hidden: true });
  const question = select("question", [["", w("question-measures")], ...QUESTIONS.map((one) => [one, w(`question-${one}`)] as const)]);
  question.addEventListener("change", () => {
    measures.hidden = question.value !== "";
    others.hidden = !measures.hidden;
    if (question.value) void answer(scope, question.value, others);
  });
  box.append(field(w("question"), question), measures, others);

  const rule = (what: { size?: string; colour?: string }): void => {
    const set = Object.fromEntries(Object.entries(ws.cells).filter(([key, cell]) => key.startsWith("format/") && cell.by?.startsWith("measure:") && (what.size ? cell.size : cell.colour)).map(([key]) => [key, null]));
    if (ws.do(w("cmd-format"), { ...set, [ws.fresh("format")]: { by: `measure:${by}`, is: "", ...what } })) ws.show("chart");
  };
  const compute = async (): Promise<void> => {
    run.disabled = true;
    into.replaceChildren(h("p", { class: "empty" }, w("measuring")));
    const body = { chart: ws.store.chartId, which: [], bands: true, since: ws.sieve.since || null, until: ws.sieve.until || null };
    const told = await ws.from(ws.store.network<Answer>("measures", body));
    run.disabled = false;
    if (told) {
      ({ rows, stamp } = told);
      ws.measureWords = told.explain;
      ws.measures.clear();
      for (const row of rows) ws.measures.set(row.id, row);
      const slugs = Object.keys(told.explain).filter((slug) => rows.some((row) => row.measures[slug]));
      by = slugs.includes(by) ? by : slugs.find((slug) => slug === "betweenness") ?? slugs[0] ?? "";
      choice.replaceChildren(...slugs.map((slug) => h("option", { value: slug, selected: slug === by }, told.explain[slug]!.label)));
      ws.tell("measures");
      ws.redraw();
      ws.say(w("measured", { n: rows.length }));
    }
    draw();
  };
  const draw = (): void => {
    tools.hidden = !rows.length;
    if (!rows.length) return into.replaceChildren(h("div", { class: "empty" }, h("p", { class: "empty-title" }, w("measures-none")), h("p", {}, w("measures-text"))));
    const sorted = rows.filter((row) => row.measures[by]).sort((a, b) => a.measures[by]!.rank - b.measures[by]!.rank).slice(0, MOST);
    const worst = Math.max(...sorted.map((row) => row.measures[by]!.high || row.measures[by]!.rank), 1);
    const most = Math.max(...sorted.map((row) => row.measures[by]!.value), 1e-9);
    into.replaceChildren(
      h("p", { class: "c-explain" }, h("b", {}, ws.measureWords[by]?.label ?? by), " ", ws.measureWords[by]?.text ?? ""),
      h("div", { class: "c-scroll" }, h("table", { class: "list" },
        h("thead", {}, h("tr", {}, ...["column-rank", "column-band", "column-caption", "column-category", "column-owner", "column-value"].map((key) => h("th", { scope: "col" }, w(key))))),
        h("tbody", {}, ...sorted.map((row) => {
          const { value, rank, low, high } = row.measures[by]!;
          const band = h("span", { class: "c-band" });
          const fill = h("span", {});
          fill.style.insetInlineStart = `${(100 * ((low || rank) - 1)) / worst}%`;
          fill.style.inlineSize = `${Math.max(2, (100 * ((high || rank) - (low || rank) + 1)) / worst)}%`;
          band.append(fill);
          const bar = h("span", { class: "c-bar" });
          bar.style.inlineSize = `${Math.max(0, (100 * value) / most)}%`;
          return h("tr", {}, h("td", { class: "c-num" }, number(rank)), h("td", {}, band, h("small", { dir: "ltr" }, low !== null && high !== null && low < high ? `${number(low)}–${number(high)}` : "")),
            h("th", { scope: "row" }, h("button", { type: "button", class: "c-plain", click: () => ws.select([ws.scene.spotOf.get(row.id) ?? ""]) }, h("bdi", {}, row.caption))),
            h("td", {}, row.category ? named("category", row.category) : ""), h("td", {}, row.owner), h("td", { class: "c-num c-row" }, bar, h("span", {}, number(value, 4))));
        })))),
      h("p", { class: "hint" }, w("measures-caveat")), h("p", { class: "hint" }, stampText(stamp)));
  };
  draw();
}
