// Fields that often have several values ([data-another] names the button): one more box at a click.

for (const field of document.querySelectorAll<HTMLElement>(".field[data-another]")) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "quiet small another";
  button.textContent = field.dataset.another ?? "";
  button.addEventListener("click", () => {
    const boxes = field.querySelectorAll<HTMLInputElement | HTMLTextAreaElement>("input, textarea");
    const last = boxes[boxes.length - 1];
    if (!last) return;
    const next = last.cloneNode() as typeof last;
    next.value = "";
    next.id = `${boxes[0]?.id ?? ""}-${boxes.length + 1}`;
    next.setAttribute("aria-label", (last.getAttribute("aria-label") ?? "").replace(/\d+$/, String(boxes.length + 1)));
    last.after(next);
    next.focus();
  });
  field.append(button);
}

export {};
