// form.placing: a place on a page (mm) is drawn on its picture (svg[data-page], whose units are mm); it fills the
// fields x-mm, y-mm, width-mm, height-mm and page. Without script they are typed.

for (const form of document.querySelectorAll<HTMLFormElement>("form.placing")) {
  const fill = (name: string, value: string): void => {
    const field = form.elements.namedItem(name);
    if (field instanceof HTMLInputElement || field instanceof HTMLSelectElement) field.value = value;
  };
  const sheets = [...form.querySelectorAll<SVGSVGElement>("svg[data-page]")];
  for (const sheet of sheets) {
    let from: DOMPoint | null = null;
    const at = (event: PointerEvent): DOMPoint => {
      const point = new DOMPoint(event.clientX, event.clientY).matrixTransform(sheet.getScreenCTM()?.inverse());
      const { width, height } = sheet.viewBox.baseVal;
      return new DOMPoint(Math.min(Math.max(point.x, 0), width), Math.min(Math.max(point.y, 0), height));
    };
    sheet.style.touchAction = "none";
    sheet.addEventListener("pointerdown", (event) => {
      event.preventDefault();
      from = at(event);
      sheet.setPointerCapture(event.pointerId);
    });
    sheet.addEventListener("pointermove", (event) => {
      if (!from) return;
      const to = at(event);
      const box = { x: Math.min(from.x, to.x), y: Math.min(from.y, to.y), width: Math.abs(to.x - from.x), height: Math.abs(to.y - from.y) };
      for (const other of sheets) if (other !== sheet) other.querySelector("rect")?.setAttribute("width", "0");
      for (const [side, mm] of Object.entries(box)) {
        sheet.querySelector("rect")?.setAttribute(side, mm.toFixed(1));
        fill(`${side}-mm`, mm.toFixed(1));
      }
      fill("page", sheet.dataset.page ?? "0");
    });
    sheet.addEventListener("pointerup", () => (from = null));
  }
}

export {};
