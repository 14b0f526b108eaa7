// form.placing: a place on a page (mm) is drawn on its picture (svg[data-page], whose units are mm); it fills the
// fields x-mm, y-mm, width-mm, height-mm and page. Where there are several boxes (whole pixels), the radio button
// `which` says the one that is drawn, and fills x-0 and so on. Without script they are typed.

for (const form of document.querySelectorAll<HTMLFormElement>("form.placing")) {
  const fill = (name: string, value: string): void => {
    const field = form.querySelector<HTMLInputElement>(`[name=${name}]`);
    if (field) field.value = value;
  };
  const sheets = [...form.querySelectorAll<SVGSVGElement>("svg[data-page]")];
  for (const sheet of sheets) {
    let from: { x: number; y: number } | null = null;
    const at = (event: PointerEvent): { x: number; y: number } => {
      const { x, y } = new DOMPoint(event.x, event.y).matrixTransform(sheet.getScreenCTM()!.inverse());
      const { width, height } = sheet.viewBox.baseVal;
      return { x: Math.min(Math.max(x, 0), width), y: Math.min(Math.max(y, 0), height) };
    };
    sheet.style.touchAction = "none";
    sheet.addEventListener("pointerdown", (event) => {
      event.preventDefault();
      from = at(event);
      sheet.setPointerCapture(event.pointerId);
    });
    sheet.addEventListener("pointermove", (event) => {
      if (!from) return;
      const { x, y } = at(event);
      const box = { x: Math.min(from.x, x), y: Math.min(from.y, y), width: Math.abs(x - from.x), height: Math.abs(y - from.y) };
      const which = form.querySelector<HTMLInputElement>("[name=which]:checked")?.value;
      for (const other of sheets) if (other !== sheet) other.querySelector(".place")?.setAttribute("width", "0");
      for (const [side, length] of Object.entries(box)) {
        const said = length.toFixed(which ? 0 : 1);
        sheet.querySelectorAll(".place")[+(which ?? 0)]?.setAttribute(side, said);
        fill(`${side}-${which ?? "mm"}`, said);
      }
      fill("page", sheet.dataset.page ?? "0");
    });
    sheet.addEventListener("pointerup", () => (from = null));
  }
}

export {};
