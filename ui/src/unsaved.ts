// Who leaves a form ([data-unsaved]; ="changed": as it came it is not kept yet) with work in it is asked first.

for (const form of document.querySelectorAll<HTMLFormElement>("form[data-unsaved]")) {
  let changed = form.dataset.unsaved === "changed";
  form.addEventListener("input", () => { changed = true; });
  form.addEventListener("submit", () => { changed = false; });
  addEventListener("beforeunload", (event) => { if (changed) event.preventDefault(); });
}

export {};
