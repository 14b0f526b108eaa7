// Dialogs: native, so that Escape, focus and screen readers work as everywhere.

import { h } from "./dom";
import { w } from "./words";

export interface Opened { dialog: HTMLDialogElement; close(): void }

/** `host` is the workspace itself: a chart that is closed to its officer takes its dialogs with it. */
export function open(host: Element, title: string, body: readonly (Node | null)[], actions: readonly Node[] = [], wide = false): Opened {
  const id = `c-title-${host.querySelectorAll("dialog").length}`;
  const close = (): void => dialog.close();
  const dialog = h(
    "dialog", { class: wide ? "c-dialog c-wide" : "c-dialog", "aria-labelledby": id },
    h("header", {}, h("h2", { id }, title), h("button", { type: "button", class: "c-icon", "aria-label": w("close"), click: close }, "×")),
    h("div", { class: "c-body" }, ...body),
    actions.length ? h("footer", {}, ...actions) : null,
  );
  dialog.addEventListener("close", () => dialog.remove());
  dialog.addEventListener("keydown", (event) => event.stopPropagation());
  host.append(dialog);
  dialog.showModal();
  if (!dialog.querySelector("[autofocus]")) dialog.querySelector<HTMLElement>(".c-body :is(input, select, textarea, button)")?.focus();
  return { dialog, close };
}

/** A dialog whose body is a form; `run` gets its fields when it is sent, and false keeps it open. */
export function form(host: Element, title: string, body: readonly (Node | null)[], send: string, run: (fields: FormData) => unknown): Opened {
  const made = h("form", { id: `c-form-${Date.now()}` }, ...body);
  const button = h("button", { class: "primary", form: made.id }, send);
  const opened = open(host, title, [made], [h("button", { type: "button", click: () => opened.close() }, w("cancel")), button]);
  made.addEventListener("submit", (event) => {
    event.preventDefault();
    button.disabled = true;
    void Promise.resolve(run(new FormData(made))).then((kept) => {
      button.disabled = false;
      if (kept !== false) opened.close();
    });
  });
  return opened;
}

export const text = (fields: FormData, name: string): string => String(fields.get(name) ?? "").trim();
