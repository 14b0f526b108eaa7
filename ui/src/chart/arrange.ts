// Layouts, on demand: of the selection where several are selected, else of everything. What is pinned stays.

import type { Scope } from "./commands";
import { open } from "./dialog";
import { h } from "./dom";
import { LAYOUTS } from "./layouts";
import { deed, w } from "./words";

export function arrange(scope: Scope): void {
  const { ws, canvas, host } = scope;
  const some = ws.spots.length > 2 ? ws.spots : [...ws.scene.spots.values()];
  const bodies = some.filter(({ sort }) => sort !== "note");
  const button = (name: string, i: number): HTMLElement => h("button", {
    type: "button", class: "c-tile", autofocus: i === 0,
    click: () => {
      opened.close();
      const made = LAYOUTS[name]!(bodies.map((spot) => ({ ...spot, fixed: spot.pinned, sort: spot.kind })), [...ws.scene.lines.values()]);
      if (!ws.moved(made, w(`layout-${name}`))) return;
      if (some.length === ws.scene.spots.size) canvas.fit();
      ws.say(w("laid-out", { n: bodies.length, how: w(`layout-${name}`) }));
    },
  }, h("b", {}, w(`layout-${name}`)), h("small", {}, w(`layout-${name}-text`)));
  const opened = open(host, deed("layout"), [h("p", { class: "hint" }, w(ws.spots.length > 2 ? "layout-some" : "layout-all", { n: bodies.length })), h("div", { class: "c-tiles" }, ...Object.keys(LAYOUTS).map(button))]);
}
