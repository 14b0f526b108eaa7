// Arrow keys walk over the chart as the eye does: to the nearest item in that direction.

import type { Point } from "./types";

const WAYS: Readonly<Record<string, Point>> = {
  ArrowLeft: { x: -1, y: 0 }, ArrowRight: { x: 1, y: 0 }, ArrowUp: { x: 0, y: -1 }, ArrowDown: { x: 0, y: 1 },
};

/** The nearest point that lies within 60° of the arrow's direction; what lies aside counts as further away. */
export function nextTowards<T extends Point>(from: Point, key: string, among: readonly T[]): T | null {
  const way = WAYS[key];
  if (!way) return null;
  let best: T | null = null;
  let least = Infinity;
  for (const point of among) {
    const along = (point.x - from.x) * way.x + (point.y - from.y) * way.y;
    const aside = Math.abs((point.x - from.x) * way.y - (point.y - from.y) * way.x);
    if (along <= 0 || aside > along * 1.75) continue;
    const cost = along + 2 * aside;
    if (cost < least) [best, least] = [point, cost];
  }
  return best;
}

export const shift = (key: string): Point => WAYS[key] ?? { x: 0, y: 0 };
