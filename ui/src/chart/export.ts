// Exports: PNG from the canvas as it stands; everything else from the server, which knows what may leave.

import type { Scope } from "./commands";
import { open } from "./dialog";
import { h } from "./dom";
import { deed, w } from "./words";

const FORMATS = ["svg", "pdf", "csv", "json", "graphml", "gexf", "anx", "ftm"] as const;

export function exportDialog({ ws, canvas, host }: Scope): void {
  const tile = (format: string): Node[] => [h("b", {}, format.toUpperCase()), h("small", {}, w(`format-${format}`))];
  const png = h("button", { type: "button", class: "c-tile", autofocus: true, click: async () => {
    const address = URL.createObjectURL(await canvas.png());
    h("a", { href: address, download: `${ws.title || "chart"}.png` }).click();
    setTimeout(() => URL.revokeObjectURL(address), 10_000);
    opened.close();
    ws.say(w("exported", { format: "PNG" }));
  } }, ...tile("png"));
  const links = FORMATS.map((format) => h("a", { class: "c-tile", href: `${ws.store.chart}/export?format=${format}`, download: "" }, ...tile(format)));
  const opened = open(host, deed("export"), [h("p", { class: "hint" }, w("export-text")), h("div", { class: "c-tiles" }, png, ...links)]);
}
