// What is drawn: cells, things and links made into spots and lines. Merged identities are one spot, a collapsed
// group is one spot, and links between the same two spots that say the same are one line with their number.

import { mean } from "./placement";
import type { Cell, Cells, Item, Link, Point } from "./types";

export type Sort = "item" | "merge" | "group" | "note";
export interface Spot extends Point {
  id: string; sort: Sort; caption: string; kind: string; ids: string[]; pinned: boolean;
  /** The open group's id that it lies in. */
  within: string; category: string; countries: string[]; certainty: string; owner: string; grade: string;
}
export interface Line {
  id: string; from: string; to: string; label: string; kind: string; certainty: string; directed: boolean;
  many: number; sort: "link" | "drawn" | "note"; ids: string[]; since: string; until: string;
}
export interface Box { id: string; label: string; ids: string[] }
export interface Scene { spots: Map<string, Spot>; lines: Map<string, Line>; boxes: Map<string, Box>; spotOf: Map<string, string> }

export const cellsOf = (cells: Cells, sort: string): [string, string, Cell][] =>
  Object.entries(cells).flatMap(([key, cell]) => {
    const cut = key.indexOf("/");
    return key.slice(0, cut) === sort ? [[key, key.slice(cut + 1), cell] as [string, string, Cell]] : [];
  });

const at = (cell: Cell | undefined): Point => ({ x: cell?.x ?? 0, y: cell?.y ?? 0 });

/** Things on the chart that are not hidden there, whether or not a filter lets them through. */
export function placed(cells: Cells, items: ReadonlyMap<string, Item>): Item[] {
  return cellsOf(cells, "item").flatMap(([, id, cell]) => {
    const item = items.get(id);
    return item && !cell.hidden ? [item] : [];
  });
}

export function scene(cells: Cells, items: ReadonlyMap<string, Item>, links: Iterable<Link>, shown: ReadonlySet<string>, kept: ReadonlySet<string>): Scene {
  const spots = new Map<string, Spot>();
  const lines = new Map<string, Line>();
  const boxes = new Map<string, Box>();
  const spotOf = new Map<string, string>();

  const spot = (id: string, sort: Sort, of: Item[], where: Point, more: Partial<Spot>): void => {
    const first = of[0];
    spots.set(id, {
      id, sort, ...where, caption: first?.caption ?? "", kind: first?.kind ?? "", ids: of.map((item) => item.id), pinned: false,
      within: "", category: of.find((item) => item.category)?.category ?? "", countries: [...new Set(of.flatMap((item) => item.countries))],
      certainty: first?.certainty ?? "", owner: first?.owner ?? "", grade: first?.grade ?? "", ...more,
    });
    for (const item of of) spotOf.set(item.id, id);
  };
  const there = (ids: readonly string[] = []): Item[] =>
    ids.flatMap((id) => {
      const item = items.get(id);
      return item && shown.has(id) && cells[`item/${id}`] && !cells[`item/${id}`]!.hidden && !spotOf.has(id) ? [item] : [];
    });

  for (const [key, , cell] of cellsOf(cells, "merge")) {
    const of = there(cell.ids);
    if (of.length < 2) continue;
    const first = cells[`item/${of[0]!.id}`];
    spot(key, "merge", of, at(first), { caption: cell.label || of[0]!.caption, pinned: first?.pinned ?? false });
  }
  for (const [, id, cell] of cellsOf(cells, "item")) {
    const [item] = there([id]);
    if (item) spot(id, "item", [item], at(cell), { pinned: cell.pinned ?? false });
  }
  for (const [key, , cell] of cellsOf(cells, "group")) {
    const members = [...new Set((cell.ids ?? []).flatMap((id) => spotOf.get(id) ?? []))].flatMap((id) => {
      const found = spots.get(id);
      return found && found.sort !== "group" && !found.within ? [found] : [];
    });
    if (!members.length) continue;
    if (!cell.collapsed) {
      boxes.set(key, { id: key, label: cell.label ?? "", ids: members.map(({ id }) => id) });
      for (const member of members) member.within = key;
      continue;
    }
    const of = members.flatMap(({ ids }) => ids.map((id) => items.get(id)!));
    for (const { id } of members) spots.delete(id);
    spot(key, "group", of, mean(members)!, { caption: cell.label ?? "", kind: "", certainty: "", grade: "", category: "" });
  }

  const bundle = (line: Omit<Line, "id" | "many" | "ids">, id: string, many: number): void => {
    if (line.from === line.to) return;
    const [a, b] = line.directed || line.from < line.to ? [line.from, line.to] : [line.to, line.from];
    const key = `${line.sort} ${a} ${b} ${line.kind} ${line.label} ${line.directed}`;
    const same = lines.get(key);
    if (!same) {
      lines.set(key, { ...line, id: key, many, ids: [id] });
      return;
    }
    same.many += many;
    same.ids.push(id);
    if (SURENESS.indexOf(line.certainty) < SURENESS.indexOf(same.certainty)) same.certainty = line.certainty;
  };
  for (const link of links) {
    const from = spotOf.get(link.from);
    const to = spotOf.get(link.to);
    if (from && to && kept.has(link.id)) bundle({ ...pick(link), from, to, sort: "link" }, link.id, 1 + (link.more || 0));
  }
  for (const [key, , cell] of cellsOf(cells, "drawn")) {
    const from = spotOf.get(cell.from ?? "");
    const to = spotOf.get(cell.to ?? "");
    if (from && to) bundle({ from, to, label: cell.label ?? "", kind: "", certainty: cell.certainty ?? "tentative", directed: true, sort: "drawn", since: "", until: "" }, key, 1);
  }
  for (const [key, , cell] of cellsOf(cells, "note")) {
    const on = cell.on ? spotOf.get(cell.on) : undefined;
    if (cell.on && !on) continue;
    spot(key, "note", [], at(cell), { caption: cell.text ?? "", owner: cell.by ?? "" });
    if (on) bundle({ from: key, to: on, label: "", kind: "", certainty: "", directed: false, sort: "note", since: "", until: "" }, key, 1);
  }
  return { spots, lines, boxes, spotOf };
}

/** Surest first: several statements of the same are as sure as the surest of them. */
const SURENESS = ["confirmed", "unconfirmed", "tentative", ""];

const pick = ({ label, kind, certainty, directed, since, until }: Link) => ({ label, kind, certainty, directed, since, until });
