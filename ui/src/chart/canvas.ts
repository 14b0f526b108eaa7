// The chart on a 2D canvas (cytoscape.js; no WebGL, for police desktops often have none). Draws a scene, keeps the
// selection, and tells where things were dragged. Everything here can be done by the keyboard too (commands.ts).

import cytoscape from "cytoscape";
import type { Core, ElementDefinition, NodeSingular } from "cytoscape";

import type { Format } from "./formats";
import { colour, hueOf, icon, inks, lookOf, stylesheet, type Inks } from "./looks";
import type { Line, Scene, Spot } from "./scene";
import type { Point } from "./types";
import { shift } from "./walking";

/** About how many lines a note takes. */
const lines = (text: string): number => text.split("\n").reduce((sum, line) => sum + Math.max(1, Math.ceil(line.length / 28)), 0);
const CLASS = "__________cytoscape_stylesheet";

export interface Told {
  selected(ids: Set<string>): void;
  moved(to: Map<string, Point>): void;
  opened(id: string): void;
  menu(id: string | null, at: Point): void;
}

export class Canvas {
  readonly cy: Core;
  private inks: Inks;
  private quiet = false;
  walked = "";

  constructor(private readonly box: HTMLElement, told: Told) {
    // cytoscape writes its one rule into a <style>, which the content policy forbids: ours has the rule already.
    if (!document.getElementById(CLASS)) document.head.append(Object.assign(document.createElement("meta"), { id: CLASS }));
    this.inks = inks(box);
    this.cy = cytoscape({
      container: box, style: stylesheet(this.inks), minZoom: 0.08, maxZoom: 4,
      boxSelectionEnabled: true, selectionType: "single", textureOnViewport: false, hideEdgesOnViewport: false,
      pixelRatio: Math.min(window.devicePixelRatio || 1, 2), layout: { name: "preset" },
    });
    this.cy.on("select unselect", () => {
      if (!this.quiet) queueMicrotask(() => told.selected(this.selected()));
    });
    this.cy.on("dragfree", "node", () => this.dragged(told));
    this.cy.on("dbltap", "node", (event) => told.opened(event.target.id()));
    this.cy.on("cxttap", (event) => {
      const { clientX, clientY } = event.originalEvent as MouseEvent;
      told.menu(event.target === this.cy ? null : (event.target.id() as string), { x: clientX, y: clientY });
    });
    box.addEventListener("contextmenu", (event) => event.preventDefault());
    new ResizeObserver(() => this.cy.resize()).observe(box);
  }

  private pending = false;
  private dragged(told: Told): void {
    if (this.pending) return; // one report for all that were dragged together
    this.pending = true;
    queueMicrotask(() => {
      this.pending = false;
      const moved = new Map<string, Point>();
      this.cy.nodes().forEach((node) => {
        const { x, y } = node.position();
        if (!node.isParent() && (Math.abs(x - node.data("x")) > 0.5 || Math.abs(y - node.data("y")) > 0.5)) moved.set(node.id(), { x: Math.round(x), y: Math.round(y) });
      });
      if (moved.size) told.moved(moved);
    });
  }

  /** Draws what changed and leaves the rest alone. */
  draw(scene: Scene, format: (spot: Spot) => Format, words: (spot: Spot) => string): void {
    const wanted = new Map<string, ElementDefinition>();
    for (const box of scene.boxes.values()) wanted.set(box.id, { group: "nodes", data: this.boxData(box.id, box.label), classes: "box" });
    for (const spot of scene.spots.values()) wanted.set(spot.id, this.node(spot, format(spot), words(spot)));
    const crowded = scene.lines.size > 900;
    for (const line of scene.lines.values()) wanted.set(line.id, this.edge(line, crowded));
    this.quiet = true;
    this.cy.batch(() => {
      this.cy.elements().forEach((element) => { if (!wanted.has(element.id())) element.remove(); });
      const fresh: ElementDefinition[] = [];
      for (const [id, made] of wanted) {
        const old = this.cy.getElementById(id);
        const parent = made.data["parent"] as string | undefined;
        if (old.empty()) fresh.push(made);
        else {
          if (old.isNode() && (old.data("parent") ?? undefined) !== parent && made.classes !== "box") (old as NodeSingular).move({ parent: parent ?? null });
          const again = this.cy.getElementById(id);
          const { parent: _parent, ...data } = made.data;
          again.data(data);
          const kept = ["on-path", "gone", "walked"].filter((name) => again.hasClass(name)).join(" ");
          again.classes(`${String(made.classes ?? "")} ${kept}`);
          if (made.position && !again.grabbed()) (again as NodeSingular).position(made.position);
        }
      }
      this.cy.add(fresh);
    });
    this.quiet = false;
    if (this.walked && !wanted.has(this.walked)) this.walked = "";
  }

  private boxData(id: string, label: string): Record<string, unknown> {
    return { id, label, shape: "round-rectangle", size: 40, fill: this.inks.edge, edge: this.inks.edge, icon: "none" };
  }

  private node(spot: Spot, format: Format, label: string): ElementDefinition {
    const c = this.inks;
    const kind = spot.sort === "group" ? "group" : spot.kind;
    const edge = format.colour ? colour(format.colour, c.dark) : hueOf(kind, c.dark);
    const filled = format.colour !== "";
    const classes = [spot.sort, spot.certainty, spot.pinned ? "pinned" : "", spot.category === "leader" ? "strong" : ""].filter(Boolean).join(" ");
    const data: Record<string, unknown> = {
      id: spot.id, label, shape: lookOf(kind).shape, size: spot.sort === "group" ? format.size + 12 : spot.sort === "note" ? 14 * lines(spot.caption) : format.size, edge, x: spot.x, y: spot.y,
      fill: filled ? edge : c.sheet, icon: spot.sort === "note" ? "none" : icon(kind, filled ? c.sheet : edge),
    };
    if (spot.within) data["parent"] = spot.within;
    return { group: "nodes", data, position: { x: spot.x, y: spot.y }, classes };
  }

  private edge(line: Line, crowded: boolean): ElementDefinition {
    const many = line.many > 1 ? ` ×${line.many}` : "";
    return {
      group: "edges",
      data: { id: line.id, source: line.from, target: line.to, label: crowded ? many.trim() : `${line.label}${many}`, width: Math.min(7, 1.5 + Math.log2(line.many)), ink: this.inks.edge },
      classes: [line.sort === "note" ? "tie" : line.sort, line.certainty, line.directed ? "directed" : ""].filter(Boolean).join(" "),
    };
  }

  selected(): Set<string> { return new Set(this.cy.$(":selected").map((one) => one.id())); }

  select(ids: ReadonlySet<string>): void {
    this.quiet = true;
    this.cy.batch(() => this.cy.elements().forEach((one) => { if (one.selected() !== ids.has(one.id())) { if (ids.has(one.id())) one.select(); else one.unselect(); } }));
    this.quiet = false;
  }

  /** Marks where the keyboard stands, and brings it into view. */
  walk(id: string): void {
    this.cy.elements(".walked").removeClass("walked");
    this.walked = id;
    const one = this.cy.getElementById(id);
    if (one.empty()) return;
    one.addClass("walked");
    const { x1, y1, x2, y2 } = one.renderedBoundingBox();
    const { offsetWidth: wide, offsetHeight: tall } = this.box;
    const by = { x: x1 < 0 ? 40 - x1 : x2 > wide ? wide - 40 - x2 : 0, y: y1 < 0 ? 40 - y1 : y2 > tall ? tall - 40 - y2 : 0 };
    if (by.x || by.y) this.cy.panBy(by);
  }

  mark(ids: ReadonlySet<string>, name: "on-path" | "gone"): void {
    this.cy.batch(() => this.cy.elements().forEach((one) => { one.toggleClass(name, ids.has(one.id())); }));
  }

  zoomBy(factor: number): void {
    this.cy.zoom({ level: this.cy.zoom() * factor, renderedPosition: { x: this.box.offsetWidth / 2, y: this.box.offsetHeight / 2 } });
  }

  fit(): void {
    this.cy.fit(undefined, 45);
    if (this.cy.zoom() > 1.25) { this.cy.zoom(1.25); this.cy.center(); }
  }

  pan(key: string): void {
    const { x, y } = shift(key);
    this.cy.panBy({ x: -80 * x, y: -80 * y });
  }

  centre(): Point {
    const { x1, x2, y1, y2 } = this.cy.extent();
    return { x: Math.round((x1 + x2) / 2), y: Math.round((y1 + y2) / 2) };
  }

  where(id: string): Point {
    const one = this.cy.getElementById(id);
    const box = this.box.getBoundingClientRect();
    if (one.empty()) return { x: box.left + box.width / 2, y: box.top + 40 };
    const { x1, x2, y2 } = one.renderedBoundingBox();
    return { x: box.left + (x1 + x2) / 2, y: box.top + y2 };
  }

  png(): Promise<Blob> { return this.cy.png({ output: "blob-promise", full: true, scale: 2, bg: this.inks.sunk, maxWidth: 8000, maxHeight: 8000 }); }

  restyle(): void {
    this.inks = inks(this.box);
    this.cy.style(stylesheet(this.inks));
  }

  destroy(): void { this.cy.destroy(); }
}
