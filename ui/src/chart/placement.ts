// New items never move old ones: each takes the nearest free place around its neighbour. Coordinates are those of
// the chart (a node is about 40 wide); the same input gives the same places.

import type { Point } from "./types";

export const APART = 96; // centre to centre, so that captions are read
const RINGS = 60;
const CLEAR = 36; // a caption's half height and the circle's: nearer, a line seems to end at an item or run through it
const RINGS_CLEAR = 8; // farther out an unclear place beside the neighbour reads better than a clear one
const MOST_CHECKED = 400; // on fuller charts lines cross items anyway, and the search would be felt

/** A grid of what is taken, for asking quickly whether a place is free. */
export class Taken {
  private readonly squares = new Map<string, Point[]>();

  constructor(points: Iterable<Point>, private readonly apart = APART) {
    for (const point of points) this.add(point);
  }

  add(point: Point): void {
    const key = this.key(point.x, point.y);
    const there = this.squares.get(key);
    if (there) there.push(point);
    else this.squares.set(key, [point]);
  }

  free({ x, y }: Point): boolean {
    for (let i = -1; i <= 1; i++)
      for (let j = -1; j <= 1; j++)
        for (const other of this.squares.get(this.key(x + i * this.apart, y + j * this.apart)) ?? [])
          if ((other.x - x) ** 2 + (other.y - y) ** 2 < (this.apart - 1) ** 2) return false;
    return true;
  }

  private key(x: number, y: number): string {
    return `${Math.floor(x / this.apart)} ${Math.floor(y / this.apart)}`;
  }
}

/** The nearest free place to `near` that is clear, else the nearest free one, on rings that begin on the side away from `away`. */
export function nearestFree(taken: Taken, near: Point, away?: Point, clear: (at: Point) => boolean = () => true): Point {
  if (!away && taken.free(near) && clear(near)) return near;
  const first = away && (away.x !== near.x || away.y !== near.y) ? Math.atan2(near.y - away.y, near.x - away.x) : -Math.PI / 2;
  let found: Point | undefined;
  for (let ring = 1; ring <= RINGS; ring++) {
    if (found && ring > RINGS_CLEAR) return found;
    const steps = 6 * ring;
    for (let step = 0; step < steps; step++) {
      const turn = ((step % 2 ? 1 : -1) * Math.ceil(step / 2) * 2 * Math.PI) / steps;
      const point = { x: near.x + Math.cos(first + turn) * ring * APART * 1.15, y: near.y + Math.sin(first + turn) * ring * APART * 1.15 };
      if (!taken.free(point)) continue;
      const round = { x: Math.round(point.x), y: Math.round(point.y) };
      if (ring > RINGS_CLEAR || clear(round)) return round;
      found ??= round;
    }
  }
  return found ?? { x: near.x, y: near.y + APART * (RINGS + 1) };
}

/** How far a point is from a stretch of line. */
export function distance({ x, y }: Point, a: Point, b: Point): number {
  const wide = b.x - a.x;
  const tall = b.y - a.y;
  const part = Math.max(0, Math.min(1, ((x - a.x) * wide + (y - a.y) * tall) / (wide * wide + tall * tall || 1)));
  return Math.hypot(x - a.x - part * wide, y - a.y - part * tall);
}

/**
 * Places for new items. Each goes beside a neighbour that is placed already (old ones first, then new ones), away
 * from the middle of what stands; who has none goes below everything, in the same order as given.
 */
export function places(old: ReadonlyMap<string, Point>, fresh: readonly string[], links: readonly { from: string; to: string }[]): Map<string, Point> {
  const taken = new Taken(old.values());
  const known = new Map(old);
  const middle = mean([...old.values()]);
  const beside = new Map<string, Set<string>>();
  for (const { from, to } of links) {
    if (from === to) continue;
    (beside.get(from) ?? beside.set(from, new Set()).get(from)!).add(to);
    (beside.get(to) ?? beside.set(to, new Set()).get(to)!).add(from);
  }
  const near = (id: string): string[] => [...(beside.get(id) ?? [])].filter((other) => known.has(other));
  const lines: [Point, Point][] = [];
  for (const [id, at] of old) for (const other of near(id)) if (id < other) lines.push([at, known.get(other)!]);
  const clear = (by: readonly string[]) => (at: Point): boolean => {
    if (known.size > MOST_CHECKED) return true;
    if (lines.some(([a, b]) => distance(at, a, b) < CLEAR)) return false;
    return by.every((other) => {
      const end = known.get(other)!;
      for (const [id, point] of known) if (id !== other && distance(point, at, end) < CLEAR) return false;
      return true;
    });
  };
  const made = new Map<string, Point>();
  const put = (id: string, at: Point): void => {
    for (const other of near(id)) lines.push([at, known.get(other)!]);
    made.set(id, at);
    known.set(id, at);
    taken.add(at);
  };
  let left = fresh.filter((id) => !old.has(id));
  while (left.length) {
    const next = left.filter((id) => {
      const by = near(id);
      if (!by.length) return true;
      put(id, nearestFree(taken, known.get(by[0]!)!, middle ?? { x: 0, y: 0 }, clear(by)));
      return false;
    });
    if (next.length === left.length) {
      const points = [...known.values()];
      const lowest = points.length ? Math.max(...points.map(({ y }) => y)) + APART * 1.5 : 0;
      put(next.shift()!, nearestFree(taken, { x: Math.round(middle?.x ?? 0), y: lowest }, undefined, clear([])));
    }
    left = next;
  }
  return made;
}

export function mean(points: readonly Point[]): Point | null {
  if (!points.length) return null;
  const sum = points.reduce((a, b) => ({ x: a.x + b.x, y: a.y + b.y }));
  return { x: sum.x / points.length, y: sum.y / points.length };
}
