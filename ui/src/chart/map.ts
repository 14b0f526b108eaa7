// The map: countries of what is on the chart, as dots at their middle, and arcs between them. Our own file
// (Natural Earth, public domain), drawn once at build time; nothing is asked of any other server.

import { h, s } from "./dom";
import { country, number, w } from "./words";
import type { Workspace } from "./workspace";

interface World { wide: number; tall: number; land: string; borders: string; middles: Record<string, [number, number]> }

/** How many shown items a country has, and how many links go between two. */
export function tally(ws: Pick<Workspace, "items" | "placedLinks" | "sifted">): { dots: Map<string, string[]>; arcs: Map<string, number> } {
  const dots = new Map<string, string[]>();
  for (const id of ws.sifted.items)
    for (const code of ws.items.get(id)?.countries ?? []) (dots.get(code) ?? dots.set(code, []).get(code)!).push(id);
  const arcs = new Map<string, number>();
  for (const { id, from, to } of ws.placedLinks) {
    if (!ws.sifted.links.has(id)) continue;
    for (const a of ws.items.get(from)?.countries ?? [])
      for (const b of ws.items.get(to)?.countries ?? []) if (a !== b) arcs.set([a, b].sort().join(" "), (arcs.get([a, b].sort().join(" ")) ?? 0) + 1);
  }
  return { dots, arcs };
}

export function mapTab(ws: Workspace, box: HTMLElement, address: string): void {
  let world: World | null = null;
  let view = [0, 0, 1, 1];
  const into = h("div", { class: "c-map" });
  const list = h("p", { class: "hint" });
  const zoom = (factor: number): void => {
    if (!world) return;
    const [x, y, wide, tall] = view as [number, number, number, number];
    const to = Math.min(world.wide, wide * factor);
    const high = (to / world.wide) * world.tall;
    view = [Math.max(0, Math.min(world.wide - to, x + (wide - to) / 2)), Math.max(0, Math.min(world.tall - high, y + (tall - high) / 2)), to, high];
    draw();
  };
  const button = (text: string, word: string, run: () => void): HTMLElement => h("button", { type: "button", class: "small", "aria-label": w(word), title: w(word), click: run }, text);
  box.append(h("div", { class: "c-tab-head" }, button("+", "cmd-zoom-in", () => zoom(0.6)), button("−", "cmd-zoom-out", () => zoom(1 / 0.6)), button("⤢", "cmd-fit", () => { fit(); draw(); }), list), into, h("p", { class: "hint c-foot" }, w("boundaries")));

  /** The part of the world where there is something. */
  const fit = (): void => {
    if (!world) return;
    const points = [...tally(ws).dots.keys()].flatMap((code) => { const at = world!.middles[code.toUpperCase()]; return at ? [at] : []; });
    view = [0, 0, world.wide, world.tall];
    if (!points.length) return;
    const [xs, ys] = [points.map(([x]) => x), points.map(([, y]) => y)];
    const wide = Math.min(world.wide, Math.max(260, (Math.max(...xs) - Math.min(...xs)) * 1.5, ((Math.max(...ys) - Math.min(...ys)) * 1.5 * world.wide) / world.tall));
    const tall = (wide / world.wide) * world.tall;
    view = [
      Math.max(0, Math.min(world.wide - wide, (Math.max(...xs) + Math.min(...xs) - wide) / 2)),
      Math.max(0, Math.min(world.tall - tall, (Math.max(...ys) + Math.min(...ys) - tall) / 2)), wide, tall,
    ];
  };
  const draw = (): void => {
    if (!world || box.hidden) return;
    const { dots, arcs } = tally(ws);
    const scale = view[2]! / (into.clientWidth || 900);
    const at = (code: string): [number, number] | undefined => world!.middles[code.toUpperCase()];
    const lines = [...arcs].flatMap(([key, many]) => {
      const [a, b] = key.split(" ").map(at);
      if (!a || !b) return [];
      const lift = Math.hypot(b[0] - a[0], b[1] - a[1]) * 0.18;
      return [s("path", { class: "c-arc", d: `M${a} Q${(a[0] + b[0]) / 2} ${(a[1] + b[1]) / 2 - lift} ${b}`, "stroke-width": (1 + Math.log2(many)) * 1.6 * scale }, s("title", {}, `${key.split(" ").map(country).join(" – ")}: ${number(many)}`))];
    });
    const spots = [...dots].sort((a, b) => b[1].length - a[1].length).flatMap(([code, ids]) => {
      const point = at(code);
      if (!point) return [];
      const chosen = ids.some((id) => ws.selection.has(ws.scene.spotOf.get(id) ?? ""));
      const radius = (7 + 4 * Math.sqrt(ids.length)) * scale;
      const pick = (): void => ws.select(ids.flatMap((id) => ws.scene.spotOf.get(id) ?? []));
      const label = `${number(ids.length)} ${country(code)}`; // as it stands there
      return [s("g", { class: chosen ? "c-dot c-chosen" : "c-dot", role: "button", tabindex: 0, "aria-label": label, "aria-pressed": String(chosen), "data-key": code, click: pick, keydown: (event: KeyboardEvent) => { if (event.key === "Enter" || event.key === " ") { event.preventDefault(); event.stopPropagation(); pick(); } } },
        s("circle", { cx: point[0], cy: point[1], r: radius }), s("text", { x: point[0], y: point[1] + 5 * scale, "font-size": 14 * scale, class: "c-many" }, `${number(ids.length)} `),
        s("text", { x: point[0], y: point[1] + radius + 14 * scale, "font-size": 13 * scale, class: "c-name", "stroke-width": 3 * scale }, country(code)))];
    });
    const focused = (document.activeElement as SVGElement | null)?.dataset["key"];
    into.replaceChildren(s("svg", { viewBox: view.join(" "), role: "group", "aria-label": w("tab-map") },
      s("path", { class: "c-land", d: world.land }), s("path", { class: "c-borders", d: world.borders, "stroke-width": 0.7 * scale }), ...lines, ...spots));
    if (focused) into.querySelector<SVGElement>(`[data-key="${CSS.escape(focused)}"]`)?.focus();
    const lost = [...dots.keys()].filter((code) => !at(code));
    const none = [...ws.sifted.items].filter((id) => !ws.items.get(id)?.countries.length).length;
    list.textContent = [w("map-text", { n: dots.size - lost.length, none }), lost.length ? w("map-lost", { codes: lost.join(", ") }) : ""].join(" ");
  };

  let drag: { x: number; y: number; view: number[] } | null = null;
  into.addEventListener("wheel", (event) => { event.preventDefault(); zoom(event.deltaY > 0 ? 1.2 : 1 / 1.2); }, { passive: false });
  into.addEventListener("pointerdown", (event) => { if (!(event.target as Element).closest(".c-dot")) drag = { x: event.clientX, y: event.clientY, view }; });
  into.addEventListener("pointermove", (event) => {
    const svg = into.querySelector("svg");
    if (!drag || !svg || !world) return;
    const by = view[2]! / svg.clientWidth;
    view = [Math.max(0, Math.min(world.wide - view[2]!, drag.view[0]! - (event.clientX - drag.x) * by)), Math.max(0, Math.min(world.tall - view[3]!, drag.view[1]! - (event.clientY - drag.y) * by)), view[2]!, view[3]!];
    svg.setAttribute("viewBox", view.join(" "));
  });
  for (const end of ["pointerup", "pointerleave"]) into.addEventListener(end, () => { drag = null; });

  ws.on((what) => {
    if (ws.tab !== "map") return;
    if (world) return draw();
    if (what !== "tab") return;
    void fetch(address).then((answer) => (answer.ok ? (answer.json() as Promise<World>) : Promise.reject(new Error()))).then((told) => {
      world = told;
      fit();
      draw();
    }).catch(() => into.replaceChildren(h("p", { class: "empty" }, w("no-map"))));
  });
}
