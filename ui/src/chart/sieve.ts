// The legend is the filter: what stands on the chart, counted by kind, country, grade and so on; any of it can be
// switched off. Dates filter too: a dated item or link outside goes, and an undated item that had links and has
// none left goes with them.

import type { Item, Link } from "./types";

export const FACETS = ["kind", "category", "country", "owner", "grade", "certainty"] as const;
export const LINK_FACETS = ["link", "link-certainty", "link-grade"] as const;
export type Facet = (typeof FACETS)[number] | (typeof LINK_FACETS)[number];

export interface Sieve {
  off: ReadonlyMap<Facet, ReadonlySet<string>>;
  since: string;
  until: string;
}
export const OPEN: Sieve = { off: new Map(), since: "", until: "" };

export function valuesOf(facet: Facet, item: Item): string[] {
  switch (facet) {
    case "kind": return [item.kind];
    case "category": return [item.category];
    case "country": return item.countries.length ? item.countries : [""];
    case "owner": return [item.owner];
    case "grade": return [item.grade];
    case "certainty": return [item.certainty];
    default: return [];
  }
}

export function valueOf(facet: Facet, link: Link): string {
  return facet === "link" ? link.kind : facet === "link-certainty" ? link.certainty : facet === "link-grade" ? link.grade : "";
}

/** How often each value stands, most frequent first. */
export function counts(facet: Facet, items: readonly Item[], links: readonly Link[]): [string, number][] {
  const found = new Map<string, number>();
  const values = facet.startsWith("link") ? links.map((link) => valueOf(facet, link)) : items.flatMap((item) => valuesOf(facet, item));
  for (const value of values) found.set(value, (found.get(value) ?? 0) + 1);
  return [...found].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
}

/** Whether a stay from `since` to `until` (either may be open) touches the sieve's dates; undated always does. */
export function within(sieve: Sieve, since: string, until: string): boolean {
  if (!since && !until) return true;
  const from = since || until;
  const to = until || since;
  return !(sieve.since && to.slice(0, 10) < sieve.since) && !(sieve.until && from.slice(0, 10) > sieve.until);
}

export interface Sifted { items: Set<string>; links: Set<string> }

export function sift(sieve: Sieve, items: readonly Item[], links: readonly Link[]): Sifted {
  const shown = new Set<string>();
  for (const item of items) {
    const off = FACETS.some((facet) => {
      const unwanted = sieve.off.get(facet);
      return unwanted?.size && valuesOf(facet, item).every((value) => unwanted.has(value));
    });
    if (!off && within(sieve, item.since, item.until)) shown.add(item.id);
  }
  const kept = new Set<string>();
  const linked = new Set<string>();
  const live = new Set<string>();
  for (const link of links) {
    if (!shown.has(link.from) || !shown.has(link.to)) continue;
    if (LINK_FACETS.some((facet) => sieve.off.get(facet)?.has(valueOf(facet, link)))) continue;
    linked.add(link.from).add(link.to);
    if (!within(sieve, link.since, link.until)) continue;
    kept.add(link.id);
    live.add(link.from).add(link.to);
  }
  if (sieve.since || sieve.until)
    for (const { id, since, until } of items) if (!since && !until && linked.has(id) && !live.has(id)) shown.delete(id);
  return { items: shown, links: kept };
}

export function toggled(sieve: Sieve, facet: Facet, value: string): Sieve {
  const values = new Set(sieve.off.get(facet));
  if (!values.delete(value)) values.add(value);
  return { ...sieve, off: new Map(sieve.off).set(facet, values) };
}

export function isOpen(sieve: Sieve): boolean {
  return !sieve.since && !sieve.until && [...sieve.off.values()].every((values) => !values.size);
}
