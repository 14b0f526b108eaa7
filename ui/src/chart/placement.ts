// New items never move old ones: each takes the nearest free place around its neighbour. Coordinates are those of
// the chart (a node is about 40 wide); the same input gives the same places.

import type { Point } from "./types";

export const APART = 96; // centre to centre, so that captions are read
const RINGS = 60;

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

/** The nearest free place to `near`, on rings that begin on the side away from `from`. */
export function nearestFree(taken: Taken, near: Point, away?: Point): Point {
  if (!away && taken.free(near)) return near;
  const first = away && (away.x !== near.x || away.y !== near.y) ? Math.atan2(near.y - away.y, near.x - away.x) : -Math.PI / 2;
  for (let ring = 1; ring <= RINGS; ring++) {
    const steps = 6 * ring;
    for (let step = 0; step < steps; step++) {
      const turn = ((step % 2 ? 1 : -1) * Math.ceil(step / 2) * 2 * Math.PI) / steps;
      const point = { x: near.x + Math.cos(first + turn) * ring * APART * 1.15, y: near.y + Math.sin(first + turn) * ring * APART * 1.15 };
      if (taken.free(point)) return { x: Math.round(point.x), y: Math.round(point.y) };
    }
  }
  return { x: near.x, y: near.y + APART * (RINGS + 1) };
}

/**
 * Places for new items. Each goes beside a neighbour that is placed already (old ones first, then new ones), away
 * from the middle of what stands; who has none goes below everything, in the same order as given.
 */
export function places(old: ReadonlyMap<string, Point>, fresh: readonly string[], links: readonly { from: string; to: string }[]): Map<string, Point> {
  const taken = new Taken(old.values());
  const known = new Map(old);
  const middle = mean([...old.values()]);
  const beside = new Map<string, string[]>();
  for (const { from, to } of links) {
    (beside.get(from) ?? beside.set(from, []).get(from)!).push(to);
    (beside.get(to) ?? beside.set(to, []).get(to)!).push(from);
  }
  const made = new Map<string, Point>();
  const put = (id: string, at: Point): void => {
    made.set(id, at);
    known.set(id, at);
    taken.add(at);
  };
  let left = fresh.filter((id) => !old.has(id));
  while (left.length) {
    const next = left.filter((id) => {
      const near = (beside.get(id) ?? []).find((other) => known.has(other));
      if (near === undefined) return true;
      put(id, nearestFree(taken, known.get(near)!, middle ?? { x: 0, y: 0 }));
      return false;
    });
    if (next.length === left.length) {
      const points = [...known.values()];
      const lowest = points.length ? Math.max(...points.map(({ y }) => y)) + APART * 1.5 : 0;
      put(next.shift()!, nearestFree(taken, { x: Math.round(middle?.x ?? 0), y: lowest }));
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
