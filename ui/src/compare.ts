// <compare-prints>: both panes zoom, turn and move together. A click marks a point: it is numbered and counted, and
// the first one shows the score. Arrows go to the next candidate, H, N and I to the verdicts. Without script the
// panes stand still, and the score is asked for.
import { typing, walk } from "./shortcuts";

class Compare extends HTMLElement {
  connectedCallback(): void {
    const later = this.querySelector<HTMLDetailsElement>(".later");
    const marked = this.querySelector<HTMLInputElement>("[name=marked]");
    const count = (): number => this.querySelectorAll(".mark").length;
    let asked = false; // for the score, before anything was marked
    later?.addEventListener("toggle", () => (asked ||= !count()));
    for (const both of this.querySelectorAll<SVGSVGElement>(".both")) {
      const views = both.querySelectorAll<SVGGElement>(".view");
      let way = new DOMMatrix();
      const go = (next: DOMMatrix): void => {
        way = next;
        both.classList.toggle("moved", !way.isIdentity);
        for (const view of views) view.setAttribute("transform", `${way}`);
      };
      const turned = (by: DOMStringMap, { x, y }: DOMPointInit): void =>
        go(way.translate(x, y).scale(+(by.zoom ?? 1)).rotate(+(by.turn ?? 0)).translate(-x!, -y!));
      this.addEventListener("click", ({ target }) => {
        const by = (target as HTMLElement).dataset;
        const { x, y, width, height } = both.viewBox.baseVal;
        if (by.again) go(new DOMMatrix());
        else if (by.zoom ?? by.turn) turned(by, { x: x + width / 4, y: y + height / 2 });
      });
      for (const view of views) {
        const pane = view.parentElement as unknown as SVGSVGElement;
        const at = (event: MouseEvent): DOMPoint => new DOMPoint(event.x, event.y).matrixTransform(view.getScreenCTM()!.inverse());
        let from: DOMPoint | null = null;
        let dragged = false;
        pane.addEventListener("wheel", (event) => {
          event.preventDefault();
          turned({ zoom: event.deltaY < 0 ? "1.2" : ".83" }, at(event));
        });
        pane.addEventListener("pointerdown", (event) => {
          from = at(event);
          dragged = false;
          pane.setPointerCapture(event.pointerId);
        });
        pane.addEventListener("pointermove", (event) => {
          if (!from) return;
          const { x, y } = at(event);
          dragged ||= Math.hypot(x - from.x, y - from.y) * Math.hypot(way.a, way.b) > 4;
          if (dragged) go(way.translate(x - from.x, y - from.y));
        });
        pane.addEventListener("pointerup", () => {
          if (from && !dragged) {
            const ring = +view.dataset.ring!;
            const n = view.querySelectorAll(".mark").length + 1;
            view.insertAdjacentHTML("beforeend", `<g class="mark"><circle cx="${from.x}" cy="${from.y}" r="${ring}"/><text x="${from.x + ring}" y="${from.y - ring}" font-size="${ring * 3}">${n}</text></g>`);
            if (later) later.open = true;
            if (marked && !asked) marked.value = `${count()}`;
          }
          from = null;
        });
      }
    }
  }
}

customElements.define("compare-prints", Compare);

document.addEventListener("keydown", ({ key, target, ctrlKey, metaKey, altKey }) => {
  const all = document.querySelectorAll("compare-prints");
  if (!all[0] || typing(target) || ctrlKey || metaKey || altKey) return;
  if (/^Arrow[LR]/.test(key)) {
    walk((key === "ArrowRight") === (document.dir !== "rtl") ? 1 : -1);
    const fold = document.activeElement?.closest(".candidate")?.querySelector("details");
    if (fold) fold.open = true;
  }
  const here = [...all].find((one) => one.contains(document.activeElement)) ?? all[0];
  const button = /^[-+hni]$/i.test(key) && here.querySelector<HTMLButtonElement>(`[data-key="${key.toLowerCase()}"]`);
  if (button) button.type === "button" ? button.click() : button.focus();
});
