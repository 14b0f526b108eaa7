// Arrangements of a chart, on demand only: force, hierarchy, circle, grouped. Pure, and the same input gives the
// same picture. Each keeps the middle where it was, so that the eye finds it again.

import { APART, mean } from "./placement";
import type { Point } from "./types";

export interface Body { id: string; x: number; y: number; fixed: boolean; sort: string }
export interface Spring { from: string; to: string }
export type Layout = (bodies: readonly Body[], springs: readonly Spring[]) => Map<string, Point>;

const SIZE = APART * 0.95;

function neighbours(bodies: readonly Body[], springs: readonly Spring[]): Map<string, string[]> {
  const beside = new Map<string, string[]>(bodies.map(({ id }) => [id, []]));
  for (const { from, to } of springs) {
    if (from === to || !beside.has(from) || !beside.has(to)) continue;
    beside.get(from)!.push(to);
    beside.get(to)!.push(from);
  }
  return beside;
}

/** Fruchterman and Reingold (1991) with cut-off repulsion in grid squares; connected parts pull to the middle. */
export const force: Layout = (bodies, springs) => {
  const n = bodies.length;
  const index = new Map(bodies.map(({ id }, i) => [id, i]));
  const x = new Float64Array(n);
  const y = new Float64Array(n);
  const middle = mean(bodies) ?? { x: 0, y: 0 };
  const seed = circle(bodies, springs);
  const tight = Math.min(1, (5 * SIZE) / (APART * Math.sqrt(n))); // a ring of many is far too wide to begin on
  bodies.forEach((body, i) => {
    const start = body.fixed ? body : seed.get(body.id)!;
    x[i] = body.fixed ? start.x : middle.x + tight * (start.x - middle.x);
    y[i] = body.fixed ? start.y : middle.y + tight * (start.y - middle.y);
  });
  const pairs = springs.flatMap(({ from, to }) => {
    const a = index.get(from);
    const b = index.get(to);
    return a === undefined || b === undefined || a === b ? [] : [[a, b] as const];
  });
  const degree = new Float64Array(n);
  for (const [a, b] of pairs) { degree[a]!++; degree[b]!++; }
  const dx = new Float64Array(n);
  const dy = new Float64Array(n);
  const reach = SIZE * 3;
  const rounds = n > 600 ? 160 : 320;
  for (let round = 0; round < rounds; round++) {
    dx.fill(0);
    dy.fill(0);
    const squares = new Map<number, number[]>();
    const square = (i: number, j: number): number => (i + 50_000) * 100_003 + j + 50_000;
    for (let i = 0; i < n; i++) {
      const key = square(Math.floor(x[i]! / reach), Math.floor(y[i]! / reach));
      const there = squares.get(key);
      if (there) there.push(i);
      else squares.set(key, [i]);
    }
    for (let a = 0; a < n; a++) {
      const column = Math.floor(x[a]! / reach);
      const row = Math.floor(y[a]! / reach);
      for (let i = -1; i <= 1; i++)
        for (let j = -1; j <= 1; j++)
          for (const b of squares.get(square(column + i, row + j)) ?? []) {
            if (b <= a) continue;
            const away = x[a]! - x[b]! || (a - b) * 0.01;
            const down = y[a]! - y[b]! || (b - a) * 0.013;
            const far = Math.max(away * away + down * down, 25);
            if (far > reach * reach) continue;
            const push = (SIZE * SIZE) / far;
            dx[a]! += away * push; dy[a]! += down * push;
            dx[b]! -= away * push; dy[b]! -= down * push;
          }
    }
    for (const [a, b] of pairs) {
      const away = x[a]! - x[b]!;
      const down = y[a]! - y[b]!;
      const pull = Math.hypot(away, down) / SIZE / Math.sqrt(Math.max(1, Math.min(degree[a]!, degree[b]!)));
      dx[a]! -= away * pull; dy[a]! -= down * pull;
      dx[b]! += away * pull; dy[b]! += down * pull;
    }
    const heat = SIZE * 1.4 * (1 - round / rounds) ** 1.5 + 1;
    for (let i = 0; i < n; i++) {
      if (bodies[i]!.fixed) continue;
      dx[i]! -= (x[i]! - middle.x) * 0.07;
      dy[i]! -= (y[i]! - middle.y) * 0.13;
      const step = Math.hypot(dx[i]!, dy[i]!) || 1;
      x[i]! += (dx[i]! / step) * Math.min(step, heat);
      y[i]! += (dy[i]! / step) * Math.min(step, heat);
    }
  }
  return settled(bodies, new Map(bodies.map(({ id }, i) => [id, { x: x[i]!, y: y[i]! }])));
};

/** On one circle, each beside those he is linked with (a walk through the network), so that few lines cross. */
export const circle: Layout = (bodies, springs) => {
  const beside = neighbours(bodies, springs);
  const order: string[] = [];
  const seen = new Set<string>();
  const byDegree = [...bodies].sort((a, b) => beside.get(b.id)!.length - beside.get(a.id)!.length || (a.id < b.id ? -1 : 1));
  for (const { id } of byDegree) {
    const stack = [id];
    while (stack.length) {
      const next = stack.pop()!;
      if (seen.has(next)) continue;
      seen.add(next);
      order.push(next);
      stack.push(...[...beside.get(next)!].sort((a, b) => beside.get(b)!.length - beside.get(a)!.length));
    }
  }
  return settled(bodies, ring(order, (order.length * APART * 1.1) / (2 * Math.PI)));
};

function ring(order: readonly string[], radius: number): Map<string, Point> {
  const wide = order.length > 1 ? Math.max(radius, APART) : 0;
  return new Map(order.map((id, i) => {
    const turn = (2 * Math.PI * i) / order.length - Math.PI / 2;
    return [id, { x: wide * Math.cos(turn), y: wide * Math.sin(turn) }];
  }));
}

/** In layers from the most connected of each part, each layer ordered by the middle of its upper neighbours. */
export const hierarchy: Layout = (bodies, springs) => {
  const beside = neighbours(bodies, springs);
  const byDegree = [...bodies].sort((a, b) => beside.get(b.id)!.length - beside.get(a.id)!.length || (a.id < b.id ? -1 : 1));
  const made = new Map<string, Point>();
  let left = 0;
  for (const { id: root } of byDegree) {
    if (made.has(root)) continue;
    const layers: string[][] = [[root]];
    const seen = new Set([root]);
    for (let layer = layers[0]!; layer.length; layer = layers[layers.length - 1]!) {
      const below: string[] = [];
      for (const id of layer)
        for (const other of beside.get(id)!) if (!seen.has(other)) { seen.add(other); below.push(other); }
      layers.push(below);
    }
    layers.pop();
    const place = new Map<string, number>();
    const rows = layers.flatMap((layer) => {
      const above = (id: string): number => {
        const at = beside.get(id)!.flatMap((other) => (place.has(other) ? [place.get(other)!] : []));
        return at.length ? at.reduce((a, b) => a + b) / at.length : 0;
      };
      const sorted = layer.map((id) => [id, above(id)] as const).sort((a, b) => a[1] - b[1]).map(([id]) => id);
      sorted.forEach((id, i) => place.set(id, i - (sorted.length - 1) / 2));
      const most = Math.max(12, Math.ceil(Math.sqrt(bodies.length) * 2)); // a layer that is too wide goes on in the next row
      return Array.from({ length: Math.ceil(sorted.length / most) }, (_, i) => sorted.slice(i * most, (i + 1) * most));
    });
    const width = Math.max(...rows.map((row) => row.length));
    rows.forEach((row, depth) => row.forEach((id, i) => {
      made.set(id, { x: (left + width / 2 + i - (row.length - 1) / 2) * APART * 1.1, y: depth * APART * 1.35 });
    }));
    left += width + 0.5;
  }
  return settled(bodies, made);
};

/** Each sort on a disc of its own, the discs beside each other, the largest first. */
export const grouped: Layout = (bodies) => {
  const groups = new Map<string, string[]>();
  for (const { id, sort } of bodies) (groups.get(sort) ?? groups.set(sort, []).get(sort)!).push(id);
  const discs = [...groups.values()].sort((a, b) => b.length - a.length);
  const across = Math.ceil(Math.sqrt(discs.length));
  const made = new Map<string, Point>();
  let top = 0;
  for (let row = 0; row < discs.length; row += across) {
    let start = 0;
    let tall = 0;
    for (const ids of discs.slice(row, row + across)) {
      const radius = APART * (0.5 + Math.sqrt(ids.length) * 0.62);
      ids.forEach((id, i) => { // a sunflower: even, and full from the middle on
        const far = APART * 0.62 * Math.sqrt(i);
        const turn = i * 2.39996;
        made.set(id, { x: start + radius + far * Math.cos(turn), y: top + radius + far * Math.sin(turn) });
      });
      start += 2 * radius + APART * 0.7;
      tall = Math.max(tall, 2 * radius);
    }
    top += tall + APART * 0.7;
  }
  return settled(bodies, made);
};

/** Whole numbers, around the same middle as before; what is pinned stays. */
function settled(bodies: readonly Body[], made: Map<string, Point>): Map<string, Point> {
  const free = bodies.filter(({ fixed }) => !fixed);
  const before = mean(free) ?? { x: 0, y: 0 };
  const after = mean(free.map(({ id }) => made.get(id)!)) ?? { x: 0, y: 0 };
  const pinned = free.length < bodies.length;
  return new Map(bodies.map((body) => {
    if (body.fixed) return [body.id, { x: body.x, y: body.y }];
    const at = made.get(body.id)!;
    return [body.id, { x: Math.round(at.x + (pinned ? 0 : before.x - after.x)), y: Math.round(at.y + (pinned ? 0 : before.y - after.y)) }];
  }));
}

export const LAYOUTS: Readonly<Record<string, Layout>> = { force, hierarchy, circle, grouped };
