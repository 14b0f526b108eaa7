// Further questions to the network: who brokers, whom to take together, which groups there are, who may be linked
// without our knowing, what changed. The server answers over what this officer may see; each answer explains itself.

import type { Scope } from "./commands";
import { h } from "./dom";
import type { Change, Stamp } from "./types";
import { country, day, moment, number, w } from "./words";

export const QUESTIONS = ["brokers", "keyplayers", "communities", "leads", "windows"] as const;

export const stampText = (stamp: Stamp | undefined): string => stamp
  ? stamp.text || w("stamp", { things: stamp.things, links: stamp.links, bureaus: stamp.bureaus.join(", "), level: stamp.level, at: moment(stamp.at), print: stamp.fingerprint.slice(0, 12) }) : "";

interface Answer {
  stamp: Stamp; text?: string; auc?: number | null;
  rows?: { id: string; part: string; roles: Record<string, number>; total: number; bridges: string[][] }[]; explain?: Record<string, { label: string; text: string }>;
  ids?: string[]; score?: number; before?: number; top?: string[]; top_score?: number; exact?: boolean;
  groups?: { number: number; ids: string[] }[]; modularity?: number | null;
  leads?: { a: string; b: string; score: number }[];
  windows?: { start: string; end: string; things: number; links: number; centralization: number; top: string[] }[];
}
type Piece = Node | string;

export async function answer({ ws }: Scope, question: string, into: HTMLElement): Promise<void> {
  into.replaceChildren(h("p", { class: "empty" }, w("measuring")));
  const told = await ws.from(ws.store.network<Answer>(question, { chart: ws.store.chartId, since: ws.sieve.since || null, until: ws.sieve.until || null }));
  if (!told) return into.replaceChildren();
  const who = (...ids: string[]): Piece => h("span", {}, ...ids.flatMap((id, i) => [i ? ", " : "", h("button", { type: "button", class: "c-plain", click: () => ws.select([ws.scene.spotOf.get(id) ?? ""]) }, h("bdi", {}, ws.nameOf(id)))]));
  const table = (columns: string[], rows: Piece[][]): Node => rows.length
    ? h("div", { class: "c-scroll" }, h("table", { class: "list" }, h("thead", {}, h("tr", {}, ...columns.map((text) => h("th", { scope: "col" }, text)))), h("tbody", {}, ...rows.map((row) => h("tr", {}, ...row.map((cell) => h("td", {}, cell)))))))
    : h("p", { class: "empty" }, w("nothing-found"));
  const group = (): void => {
    const set: Change = {};
    for (const { number: n, ids } of told.groups ?? []) if (ids.length > 1) set[ws.fresh("group")] = { label: `${w("a-group")} ${number(n)}`, ids, collapsed: false };
    for (const key of Object.keys(ws.cells)) if (key.startsWith("group/")) set[key] = null;
    if (ws.do(w("groups-drawn"), set)) ws.show("chart");
  };
  const answers: Record<string, () => Piece[]> = {
    brokers: () => {
      const roles = Object.keys(told.explain ?? {});
      return [h("dl", { class: "c-numbers" }, ...roles.map((role) => h("div", {}, h("dt", {}, told.explain![role]!.label), h("dd", {}, told.explain![role]!.text)))),
        table([w("column-caption"), w("facet-country"), w("column-total"), w("column-bridges"), ...roles.map((role) => told.explain![role]!.label)],
          (told.rows ?? []).map((row) => [who(row.id), country(row.part), number(row.total), row.bridges.slice(0, 3).map((pair) => pair.map(country).join(" – ")).join("; "), ...roles.map((role) => number(row.roles[role] ?? 0))]))];
    },
    keyplayers: () => [table([w("question-keyplayers"), w("column-fragmentation")], [
      [who(...(told.ids ?? [])), number(told.score ?? 0, 3)], [h("span", {}, w("removal-betweenness"), ": ", who(...(told.top ?? []))), number(told.top_score ?? 0, 3)], [w("removal-start"), number(told.before ?? 0, 3)],
    ]), h("p", { class: "hint" }, w(told.exact ? "all-tried" : "best-found"))],
    communities: () => [ws.write && told.groups?.length ? h("button", { type: "button", class: "small", click: group }, w("groups-draw")) : "", table([w("a-group"), w("items"), w("column-caption")], (told.groups ?? []).map((one) => [number(one.number), number(one.ids.length), who(...one.ids)]))],
    leads: () => [h("p", { class: "hint" }, told.auc === null || told.auc === undefined ? w("auc-none") : w("auc", { auc: number(told.auc, 2) })), table([w("column-caption"), w("column-caption"), w("column-value")], (told.leads ?? []).map((one) => [who(one.a), who(one.b), number(one.score, 3)]))],
    windows: () => [table([w("dates"), w("items"), w("links"), w("column-centralization"), w("column-next")], (told.windows ?? []).map((one) => [`${day(one.start)} – ${day(one.end)}`, number(one.things), number(one.links), number(one.centralization, 3), who(...one.top)]))],
  };
  into.replaceChildren(...(answers[question]?.() ?? []), told.text ? h("p", { class: "hint" }, told.text) : "", h("p", { class: "hint" }, stampText(told.stamp)));
}
