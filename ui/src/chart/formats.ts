// Conditional formatting: rules kept as cells; a rule gives every spot that it fits a colour or a size.

import type { Spot } from "./scene";
import { cellsOf } from "./scene";
import type { Cell, Cells } from "./types";

export interface Row { id: string; caption: string; owner: string; category: string; measures: Record<string, { value: number; rank: number; low: number | null; high: number | null }> }
export interface Format { colour: string; size: number; rank: string }

export const SMALL = 38;
const LARGEST = 92;

const valueOf = (spot: Spot, by: string): string[] =>
  by === "kind" ? [spot.kind] : by === "country" ? spot.countries : by === "category" ? [spot.category] : by === "grade" ? [spot.grade] : by === "owner" ? [spot.owner] : [];

/** What the rules say of a spot; later rules come over earlier ones. Areas grow with a measure, not radii. */
export function formatter(cells: Cells, measures: ReadonlyMap<string, Row>): (spot: Spot) => Format {
  const rules = cellsOf(cells, "format").map(([, , cell]) => cell);
  const most = new Map<string, number>();
  for (const row of measures.values())
    for (const [slug, { value }] of Object.entries(row.measures)) most.set(slug, Math.max(most.get(slug) ?? 0, value));
  return (spot) => {
    const made: Format = { colour: "", size: SMALL, rank: "" };
    for (const rule of rules) apply(rule, spot, made, measures, most);
    return made;
  };
}

function apply(rule: Cell, spot: Spot, made: Format, measures: ReadonlyMap<string, Row>, most: ReadonlyMap<string, number>): void {
  const slug = rule.by?.startsWith("measure:") ? rule.by.slice(8) : "";
  if (!slug) {
    if (!valueOf(spot, rule.by ?? "").includes(rule.is ?? "")) return;
    if (rule.colour) made.colour = rule.colour;
    if (rule.size) made.size = Math.min(LARGEST, Math.max(SMALL, Number(rule.size) || SMALL));
    return;
  }
  const found = spot.ids.map((id) => measures.get(id)?.measures[slug]).find(Boolean);
  const top = most.get(slug) ?? 0;
  if (!found || !top) return;
  const share = Math.max(0, found.value / top);
  made.rank = `#${found.rank}`;
  if (rule.size) made.size = Math.round(Math.sqrt(SMALL ** 2 + share * (LARGEST ** 2 - SMALL ** 2)));
  if (rule.colour && share >= 0.5) made.colour = rule.colour;
}
