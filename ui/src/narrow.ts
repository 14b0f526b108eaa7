// A long list of check boxes ([data-narrow] names the field) gets a field that narrows it as one types.

for (const list of document.querySelectorAll<HTMLElement>("fieldset[data-narrow]")) {
  const labels = [...list.querySelectorAll<HTMLElement>(".checks label")];
  if (labels.length < 8) continue;
  const field = document.createElement("input");
  field.type = "search";
  field.className = "narrowing";
  field.placeholder = list.dataset.narrow ?? "";
  field.setAttribute("aria-label", field.placeholder);
  field.addEventListener("input", () => {
    const sought = field.value.trim().toLocaleLowerCase();
    for (const label of labels) {
      const ticked = label.querySelector("input")?.checked ?? false;
      label.hidden = !ticked && !(label.textContent ?? "").toLocaleLowerCase().includes(sought);
    }
  });
  field.addEventListener("keydown", (event) => {
    if (event.key === "Enter") event.preventDefault(); // it narrows, and sends nothing
  });
  list.querySelector(".checks")?.before(field);
}

export {};
