// The state that all views of a chart share: document, things, links, filter, selection, measures. Views listen.

import { freshId, MOST_ITEMS, type Log } from "./document";
import type { Row } from "./formats";
import { mean, places } from "./placement";
import { cellsOf, placed, scene, type Line, type Scene, type Spot } from "./scene";
import { OPEN, sift, type Sieve, type Sifted } from "./sieve";
import { Offline, Refusal, type Store } from "./store";
import type { Cells, Change, Found, Item, Link, Point } from "./types";
import { deed, number, w } from "./words";

export type What = "drawing" | "selection" | "measures" | "tab";
export const TABS = ["chart", "table", "map", "matrix", "measures", "removal"] as const;
export type Tab = (typeof TABS)[number];

export class Workspace {
  readonly items = new Map<string, Item>();
  readonly links = new Map<string, Link>();
  readonly measures = new Map<string, Row>();
  measureWords: Record<string, { label: string; text: string }> = {};
  selection: ReadonlySet<string> = new Set();
  path: ReadonlySet<string> = new Set();
  sieve: Sieve = OPEN;
  sifted: Sifted = { items: new Set(), links: new Set() };
  scene: Scene = { spots: new Map(), lines: new Map(), boxes: new Map(), spotOf: new Map() };
  tab: Tab = "chart";
  walked = "";
  write = false;
  title = "";
  /** Where new things go that have no neighbour on the chart: the middle of what is seen. */
  centre: () => Point = () => ({ x: 0, y: 0 });
  private readonly listeners: ((what: What) => void)[] = [];

  constructor(readonly store: Store, readonly log: Log, readonly say: (text: string, bad?: boolean) => void) {}

  on(listener: (what: What) => void): void { this.listeners.push(listener); }
  tell(what: What): void { for (const listener of this.listeners) listener(what); }

  get cells(): Cells { return this.log.cells; }
  get placed(): Item[] { return placed(this.cells, this.items); }
  get placedLinks(): Link[] {
    return [...this.links.values()].filter(({ from, to }) => this.isOn(from) && this.isOn(to));
  }
  isOn(id: string): boolean { return !!this.cells[`item/${id}`]; }

  /** Works out anew what is drawn. */
  redraw(): void {
    const items = this.placed;
    const links = this.placedLinks;
    this.sifted = sift(this.sieve, items, links);
    this.scene = scene(this.cells, this.items, links, this.sifted.items, this.sifted.links);
    const there = [...this.selection].filter((id) => this.scene.spots.has(id) || this.scene.lines.has(id) || this.scene.boxes.has(id));
    if (there.length !== this.selection.size) this.selection = new Set(there);
    this.tell("drawing");
  }

  know(nodes: readonly Item[], links: readonly Link[]): void {
    for (const node of nodes) this.items.set(node.id, node);
    for (const link of links) this.links.set(link.id, link);
  }

  /** One command; false where nothing was to be changed or he may only read. */
  do(label: string, set: Change): boolean {
    if (!this.write) {
      this.say(w("read-only"), true);
      return false;
    }
    const now = cellsOf(this.cells, "item").length;
    const more = Object.entries(set).filter(([key, cell]) => key.startsWith("item/") && cell && !this.cells[key]).length;
    if (more && now + more > MOST_ITEMS) {
      this.say(w("too-many", { most: MOST_ITEMS, now, more }), true);
      return false;
    }
    if (!this.log.do(label, set)) return false;
    this.redraw();
    this.store.save();
    return true;
  }

  undo(): void { this.turned(this.log.undo(), "undone"); }
  redo(): void { this.turned(this.log.redo(), "redone"); }
  private turned(label: string | null, key: string): void {
    if (label === null) return this.say(w(`nothing-${key}`));
    this.redraw();
    this.store.save();
    this.say(w(key, { what: label }));
  }

  select(ids: Iterable<string>): void {
    this.selection = new Set(ids);
    this.tell("selection");
  }

  get spots(): Spot[] { return [...this.selection].flatMap((id) => this.scene.spots.get(id) ?? []); }
  get lines(): Line[] { return [...this.selection].flatMap((id) => this.scene.lines.get(id) ?? []); }
  /** Ids of the things selected, merged and grouped ones each by themselves. */
  get chosen(): string[] { return this.spots.flatMap(({ ids }) => ids); }

  /** Puts what was found on the chart, beside what it is linked to. Says how many. */
  add({ nodes, links, shown, many }: Found, label: string): string[] {
    this.know(nodes, links);
    const fresh = nodes.map(({ id }) => id).filter((id) => !this.isOn(id));
    const old = new Map<string, Point>();
    for (const [, id, cell] of cellsOf(this.cells, "item")) old.set(id, { x: cell.x ?? 0, y: cell.y ?? 0 });
    for (const spot of this.scene.spots.values()) for (const id of spot.ids) old.set(id, { x: spot.x, y: spot.y });
    for (const [key, , cell] of cellsOf(this.cells, "note")) old.set(key, { x: cell.x ?? 0, y: cell.y ?? 0 });
    if (!old.size) for (const [id, point] of places(new Map(), fresh.slice(0, 1), [])) old.set(id, { x: point.x + this.centre().x, y: point.y + this.centre().y });
    const made = places(old, fresh, [...this.links.values()]);
    for (const id of fresh) if (!made.has(id)) made.set(id, old.get(id)!);
    const set: Change = {};
    for (const [id, { x, y }] of made) set[`item/${id}`] = { x, y };
    const hidden = nodes.filter(({ id }) => this.cells[`item/${id}`]?.hidden);
    for (const { id } of hidden) set[`item/${id}`] = { ...this.cells[`item/${id}`], hidden: false };
    const before = this.placed.length;
    if (Object.keys(set).length && !this.do(label, set)) return [];
    if (!Object.keys(set).length) this.redraw(); // links alone may be new
    const added = this.placed.length - before;
    const of = many !== undefined && shown !== undefined && shown < many ? ` ${w("showing", { shown, many })}` : "";
    this.say(added ? w("added", { n: added }) + of : w("nothing-new") + of);
    this.select(nodes.flatMap(({ id }) => this.scene.spotOf.get(id) ?? []));
    return fresh;
  }

  /** Moves spots: a merged one by its first identity, a collapsed group with all its members. */
  moved(to: ReadonlyMap<string, Point>, label = deed("move")): boolean {
    const set: Change = {};
    for (const [id, { x, y }] of to) {
      const spot = this.scene.spots.get(id);
      if (!spot) continue;
      if (spot.sort === "note") set[id] = { ...this.cells[id], x, y };
      const by = spot.sort === "group" ? { x: x - spot.x, y: y - spot.y } : null;
      for (const one of spot.ids) {
        const cell = this.cells[`item/${one}`];
        if (cell) set[`item/${one}`] = { ...cell, x: Math.round(by ? (cell.x ?? 0) + by.x : x), y: Math.round(by ? (cell.y ?? 0) + by.y : y) };
      }
    }
    return this.do(label, set);
  }

  /** The middle of the selected spots, or of what is seen. */
  get middle(): Point { return mean(this.spots) ?? this.centre(); }

  neighbours(id: string): { line: Line; other: string }[] {
    return [...this.scene.lines.values()].flatMap((line) =>
      line.from === id ? [{ line, other: line.to }] : line.to === id ? [{ line, other: line.from }] : []);
  }

  nameOf(id: string): string {
    const spot = this.scene.spots.get(id);
    return spot?.caption || this.items.get(id)?.caption || id;
  }

  /** Asks the server, and says plainly what it answered where it refused. Null then. */
  async from<T>(asking: Promise<T>): Promise<T | null> {
    try {
      return await asking;
    } catch (error) {
      this.say(error instanceof Offline ? w("offline") : error instanceof Refusal ? error.message || w("refused") : String(error), true);
      if (!(error instanceof Offline || error instanceof Refusal)) throw error;
      return null;
    }
  }

  show(tab: Tab): void {
    if (this.tab === tab) return;
    this.tab = tab;
    this.tell("tab");
    this.say(w(`tab-${tab}`));
  }

  sift(sieve: Sieve): void {
    this.sieve = sieve;
    this.redraw();
    this.say(w("sifted", { shown: this.sifted.items.size, of: number(this.placed.length) }));
  }

  fresh(sort: string): string { return `${sort}/${freshId()}`; }
}
