// What if these were arrested? One after the other, or together: what is left of the network, and who becomes
// central next. With the caveat that networks come back, sometimes stronger (Duijn et al. 2014).

import type { Scope } from "./commands";
import { field, h, s, select } from "./dom";
import { stampText } from "./questions";
import type { Stamp } from "./types";
import { number, w } from "./words";

export interface Stage { removed: string[]; largest: number; efficiency: number; next?: string[] }
interface Answer { stamp?: Stamp; steps: Stage[]; text?: string }

export function removalTab({ ws }: Scope, box: HTMLElement): void {
  const into = h("div", {});
  const how = select("how", ["chosen", "betweenness", "degree"].map((one) => [one, w(`removal-${one}`)] as const), "betweenness");
  const mode = select("mode", [["sequence", w("removal-sequence")], ["raid", w("removal-raid")]]);
  const many = h("input", { type: "number", min: 1, max: 50, value: 10 });
  const run = h("button", { type: "button", class: "primary", click: () => void compute() }, w("removal-run"));
  box.append(h("div", { class: "c-tab-head" }, field(w("removal-who"), how), field(w("removal-how"), mode), field(w("removal-steps"), many), run), into);

  const compute = async (): Promise<void> => {
    if (how.value === "chosen" && !ws.chosen.length) return ws.say(w("needs", { what: w("removal-chosen"), n: 1 }), true);
    run.disabled = true;
    const told = await ws.from(ws.store.network<Answer>("removal", {
      chart: ws.store.chartId, ids: how.value === "chosen" ? ws.chosen.slice(0, 100) : [], by: how.value === "chosen" ? "betweenness" : how.value, block: mode.value === "raid" ? 5 : 1, steps: Number(many.value) || 10,
    }));
    run.disabled = false;
    if (told?.steps.length) draw(told);
  };
  const draw = (told: Answer): void => {
    const stages = told.steps; // the first removes nobody: how it stands
    const pick = (ids: readonly string[]): HTMLElement => h("span", {}, ...ids.flatMap((id, i) => [i ? ", " : "", h("button", { type: "button", class: "c-plain", click: () => ws.select([ws.scene.spotOf.get(id) ?? ""]) }, h("bdi", {}, ws.nameOf(id)))]));
    into.replaceChildren(curve(stages), h("div", { class: "c-scroll" }, h("table", { class: "list" },
      h("thead", {}, h("tr", {}, ...["column-step", "column-removed", "column-largest", "column-efficiency", "column-next"].map((key) => h("th", { scope: "col" }, w(key))))),
      h("tbody", {}, ...stages.map((stage, i) => h("tr", {}, h("td", { class: "c-num" }, number(i)), h("th", { scope: "row" }, stage.removed.length ? pick(stage.removed) : w("removal-start")),
        h("td", { class: "c-num" }, share(stage.largest)), h("td", { class: "c-num" }, share(stage.efficiency)), h("td", {}, stage.next?.length ? pick(stage.next.slice(0, 3)) : "")))))),
    h("p", { class: "hint" }, w("removal-caveat")), h("p", { class: "hint" }, stampText(told.stamp)));
    ws.say(w("removal-done", { n: stages.length - 1, left: share(stages.at(-1)!.largest) }));
  };
  into.append(h("div", { class: "empty" }, h("p", { class: "empty-title" }, w("tab-removal")), h("p", {}, w("removal-text"))));
}

const share = (value: number): string => `${number(100 * value, 1)} %`;

/** Two curves over the steps: largest component solid, efficiency dashed. */
function curve(stages: readonly Stage[]): SVGSVGElement {
  const [wide, tall, left, low] = [640, 180, 40, 160];
  const x = (i: number): number => left + (i / Math.max(1, stages.length - 1)) * (wide - left - 120);
  const y = (value: number): number => low - value * (low - 14);
  const line = (of: (stage: Stage) => number): string => stages.map((stage, i) => `${i ? "L" : "M"}${x(i).toFixed(1)} ${y(of(stage)).toFixed(1)}`).join("");
  const last = stages.at(-1)!;
  const apart = Math.abs(y(last.largest) - y(last.efficiency)) < 14 ? 14 : 0;
  return s("svg", { class: "c-curve", viewBox: `0 0 ${wide} ${tall}`, role: "img", "aria-label": w("removal-curve") },
    ...[0, 0.5, 1].map((value) => s("g", {}, s("line", { class: "c-tick", x1: left, x2: wide - 120, y1: y(value), y2: y(value) }), s("text", { x: 4, y: y(value) + 4 }, share(value)))),
    s("path", { class: "c-largest", d: line((stage) => stage.largest) }), s("path", { class: "c-efficiency", d: line((stage) => stage.efficiency) }),
    ...stages.map((stage, i) => s("circle", { class: "c-largest", cx: x(i), cy: y(stage.largest), r: 3 })),
    s("text", { x: wide - 114, y: y(last.largest) + 4 - apart / 2 }, w("column-largest")), s("text", { x: wide - 114, y: y(last.efficiency) + 4 + apart / 2, class: "c-soft" }, w("column-efficiency")));
}
