// The timeline under the chart: how many dated items and links there are in each span, a brush that filters them,
// and a line for each theme. Dates can be typed as well, which is how the keyboard brushes.

import { h, s } from "./dom";
import { cellsOf } from "./scene";
import { day, month, number, w } from "./words";
import type { Workspace } from "./workspace";

const DAY = 86_400_000;
const TALL = 64;
const ROW = 18;

export interface Bin { since: number; until: number; many: number }

/** Bins of equal length over dates (ISO), days since 1970: a day, week, month, quarter or year each, 60 at most. */
export function bins(dates: readonly string[]): Bin[] {
  const days = dates.map((date) => Math.floor(Date.parse(date.slice(0, 10)) / DAY)).filter(Number.isFinite).sort((a, b) => a - b);
  if (!days.length) return [];
  const first = days[0]!;
  const span = days.at(-1)! - first + 1;
  const length = [1, 7, 30, 91, 365].find((one) => span / one <= 60) ?? Math.ceil(span / 60);
  const made = Array.from({ length: Math.ceil(span / length) }, (_, i) => ({ since: first + i * length, until: first + (i + 1) * length, many: 0 }));
  for (const one of days) made[Math.floor((one - first) / length)]!.many++;
  return made;
}

export const iso = (days: number): string => new Date(days * DAY).toISOString().slice(0, 10);
const daysOf = (date: string): number => Math.floor(Date.parse(date) / DAY);

export function timeline(ws: Workspace, box: HTMLElement): void {
  const since = h("input", { type: "date", "aria-label": w("since") });
  const until = h("input", { type: "date", "aria-label": w("until") });
  const clear = h("button", { type: "button", class: "quiet small", click: () => ws.sift({ ...ws.sieve, since: "", until: "" }) }, w("all-dates"));
  for (const field of [since, until]) field.addEventListener("change", () => ws.sift({ ...ws.sieve, since: since.value, until: until.value }));
  const told = h("span", { class: "hint" });
  const picture = h("div", { class: "c-time" });
  box.append(h("div", { class: "c-time-head" }, h("h2", {}, w("timeline")), since, h("span", {}, "–"), until, clear, told), picture);

  const draw = (): void => {
    const items = ws.placed;
    const links = ws.placedLinks;
    const dates = [...items, ...links].map((one) => one.since || one.until);
    const dated = dates.filter(Boolean);
    const all = bins(dated);
    since.value = ws.sieve.since;
    until.value = ws.sieve.until;
    clear.hidden = !ws.sieve.since && !ws.sieve.until;
    told.textContent = w("dated", { n: dated.length, undated: dates.length - dated.length });
    box.classList.toggle("c-no-dates", !all.length);
    if (!all.length) return picture.replaceChildren(h("p", { class: "hint" }, w("no-dates")));
    const wide = Math.max(320, picture.clientWidth || 900);
    const first = all[0]!.since;
    const last = all.at(-1)!.until;
    const x = (days: number): number => ((days - first) / (last - first)) * wide;
    const most = Math.max(...all.map(({ many }) => many));
    const lowest = { y: TALL - 14 };
    const bars = all.map(({ since: from, until: to, many }) => {
      const high = (many / most) * (TALL - 22);
      const off = (ws.sieve.since && to <= daysOf(ws.sieve.since)) || (ws.sieve.until && from > daysOf(ws.sieve.until));
      return s("rect", { class: off ? "c-off" : "c-on", x: x(from) + 0.5, y: lowest.y - high, width: Math.max(1, x(to) - x(from) - 1), height: high, rx: 1 }, s("title", {}, `${day(iso(from))} – ${day(iso(to - 1))}: ${number(many)}`));
    });
    const ticks = marks(first, last).filter((_, i, list) => i % Math.ceil(list.length / Math.max(2, Math.floor(wide / 90))) === 0).filter((at) => x(at) < wide - 40).map((at) => {
      const date = new Date(at * DAY);
      return s("g", {}, s("line", { class: "c-tick", x1: x(at), x2: x(at), y1: 0, y2: lowest.y }), s("text", { x: x(at) + 3, y: TALL - 2 }, month(date.getUTCFullYear(), date.getUTCMonth())));
    });
    const themes = cellsOf(ws.cells, "theme").map(([key, , cell], row) => {
      const ids = new Set(cell.ids);
      const y = TALL + 8 + ROW * row + ROW / 2;
      const dots = [...items.filter(({ id }) => ids.has(id)), ...links.filter(({ from, to }) => ids.has(from) || ids.has(to))].flatMap((one) => {
        const from = one.since || one.until;
        const to = one.until || one.since;
        if (!from) return [];
        const text = s("title", {}, `${"caption" in one ? one.caption : one.label} · ${day(from)}`);
        return [to !== from ? s("line", { class: "c-stay", x1: x(daysOf(from)), x2: x(daysOf(to)), y1: y, y2: y }, text) : s("circle", { cx: x(daysOf(from)), cy: y, r: 4 }, text)];
      });
      return s("g", { class: "c-theme", "data-key": key }, s("line", { x1: 0, x2: wide, y1: y, y2: y, class: "c-tick" }), ...dots, s("text", { x: 4, y: y - 5 }, cell.label ?? ""));
    });
    const tall = TALL + ROW * themes.length + (themes.length ? 12 : 0);
    const brush = s("rect", { class: "c-brush", y: 0, height: lowest.y, x: 0, width: 0 });
    if (ws.sieve.since || ws.sieve.until) {
      const from = Math.max(0, ws.sieve.since ? x(daysOf(ws.sieve.since)) : 0);
      const to = Math.min(wide, ws.sieve.until ? x(daysOf(ws.sieve.until) + 1) : wide);
      brush.setAttribute("x", String(from));
      brush.setAttribute("width", String(Math.max(0, to - from)));
    }
    const svg = s("svg", { viewBox: `0 0 ${wide} ${tall}`, width: wide, height: tall, role: "img", "aria-label": w("timeline-text", { n: dated.length, from: day(iso(first)), to: day(iso(last - 1)) }) }, ...ticks, ...bars, brush, ...themes);
    picture.replaceChildren(svg);
    brushing(svg, brush, wide, (from, to) => {
      const day0 = first + (from / wide) * (last - first);
      const day1 = first + (to / wide) * (last - first);
      ws.sift(to - from < 3 ? { ...ws.sieve, since: "", until: "" } : { ...ws.sieve, since: iso(Math.floor(day0)), until: iso(Math.ceil(day1) - 1) });
    });
  };
  ws.on((what) => { if (what === "drawing") draw(); });
  let wide = 0;
  new ResizeObserver(() => {
    if (Math.abs(picture.clientWidth - wide) < 2) return;
    wide = picture.clientWidth;
    draw();
  }).observe(picture);
}

/** First days of months, quarters or years between two days. */
function marks(first: number, last: number): number[] {
  const step = last - first > 365 * 6 ? 12 : last - first > 900 ? 3 : 1;
  const date = new Date(first * DAY);
  const made: number[] = [];
  for (let m = Math.ceil(date.getUTCMonth() / step) * step; made.length < 400; m += step) {
    const at = Date.UTC(date.getUTCFullYear(), m, 1) / DAY;
    if (at > last) break;
    if (at >= first) made.push(at);
  }
  return made.length ? made : [first];
}

function brushing(svg: SVGSVGElement, brush: SVGRectElement, wide: number, done: (from: number, to: number) => void): void {
  let start = -1;
  const at = (event: PointerEvent): number => {
    const { left, width } = svg.getBoundingClientRect();
    return Math.max(0, Math.min(wide, ((event.clientX - left) / width) * wide));
  };
  svg.addEventListener("pointerdown", (event) => {
    start = at(event);
    svg.setPointerCapture(event.pointerId);
  });
  svg.addEventListener("pointermove", (event) => {
    if (start < 0) return;
    brush.setAttribute("x", String(Math.min(start, at(event))));
    brush.setAttribute("width", String(Math.abs(at(event) - start)));
  });
  svg.addEventListener("pointerup", (event) => {
    if (start < 0) return;
    const end = at(event);
    done(Math.min(start, end), Math.max(start, end));
    start = -1;
  });
}
