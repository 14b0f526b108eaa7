// <entente-box>: the one box grows with what is pasted and keeps its lines (a machine readable zone has two or
// three). Without script it is a field of one line. Enter asks; Shift+Enter begins a new line.

class Box extends HTMLElement {
  connectedCallback(): void {
    const line = this.querySelector<HTMLInputElement>("input#q");
    if (!line) return;
    const box = document.createElement("textarea");
    for (const { name, value } of line.attributes) if (name !== "value") box.setAttribute(name, value);
    box.rows = 1;
    const kept: unknown = (history.state as { q?: unknown } | null)?.q; // back from a record: the question stands
    box.value = line.value || (typeof kept === "string" ? kept : "");
    line.replaceWith(box);
    if (line.autofocus) box.focus();
    const grow = (): void => {
      box.rows = Math.min(box.value.split("\n").length, 6);
      box.classList.toggle("zone", box.value.includes("<"));
    };
    grow();
    box.addEventListener("input", () => {
      grow();
      history.replaceState({ ...history.state, q: box.value }, "");
    });
    if (box.value && !line.value) document.addEventListener("htmx:load", () => box.form?.requestSubmit(), { once: true });
    box.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
      event.preventDefault();
      box.form?.requestSubmit();
    });
  }
}

customElements.define("entente-box", Box);

export {};
