// The palette (all commands, found by typing), the menu at an item, and the list of keys.

import { ACTIONS, byId, enabled, run, type Action, type Scope } from "./commands";
import { open } from "./dialog";
import { h } from "./dom";
import type { Point } from "./types";
import { w } from "./words";

const caps = (keys: string): HTMLElement => h("span", { class: "c-keys" }, ...keys.split(/\+(?=.)/).map((key) => h("kbd", {}, key)));
const GROUPS = ["find", "edit", "choose", "view"] as const;

export function showPalette(scope: Scope): void {
  let shown: Action[] = [];
  let at = 0;
  const list = h("ul", { class: "c-list", role: "listbox", id: "c-palette", "aria-label": w("commands") });
  const input = h("input", { type: "search", role: "combobox", "aria-expanded": "true", "aria-controls": "c-palette", "aria-label": w("palette-hint"), placeholder: w("palette-hint"), autofocus: true });
  const choose = (action: Action): void => {
    opened.close();
    run(action, scope);
  };
  const draw = (): void => {
    const sought = input.value.trim().toLocaleLowerCase();
    shown = ACTIONS.filter((action) => action.id !== "palette" && w(`cmd-${action.id}`).toLocaleLowerCase().includes(sought))
      .sort((a, b) => Number(enabled(b, scope.ws)) - Number(enabled(a, scope.ws)));
    at = Math.min(at, Math.max(0, shown.length - 1));
    list.replaceChildren(...shown.map((action, i) => h(
      "li", { role: "option", id: `c-cmd-${action.id}`, "aria-selected": String(i === at), "aria-disabled": enabled(action, scope.ws) ? null : "true", click: () => choose(action) },
      w(`cmd-${action.id}`), caps(action.keys))));
    input.setAttribute("aria-activedescendant", shown[at] ? `c-cmd-${shown[at]!.id}` : "");
    list.children[at]?.scrollIntoView({ block: "nearest" });
  };
  input.addEventListener("input", () => { at = 0; draw(); });
  input.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && shown[at]) choose(shown[at]!);
    else if (event.key === "ArrowDown") at = Math.min(at + 1, shown.length - 1);
    else if (event.key === "ArrowUp") at = Math.max(at - 1, 0);
    else return;
    event.preventDefault();
    draw();
  });
  const opened = open(scope.host, w("commands"), [input, list]);
  draw();
}

const AT_ITEM = ["expand", "paths", "connect", "beside", "", "group", "collapse", "ungroup", "merge", "split", "draw", "theme", "", "note", "pin", "hide", "remove"];
const AT_EMPTY = ["search", "unhide", "layout", "format", "", "note", "all", "fit", "", "export", "snapshot", "palette", "help"];

/** Opens at a place of the window; arrows walk, Enter runs, Escape closes. */
export function showMenu(scope: Scope, { x, y }: Point): void {
  const { ws, host } = scope;
  host.querySelector(".c-menu")?.remove();
  const before = document.activeElement as HTMLElement | null;
  const close = (): void => {
    menu.remove();
    document.removeEventListener("pointerdown", outside, true);
    before?.focus({ preventScroll: true });
  };
  const outside = (event: Event): void => { if (!menu.contains(event.target as Node)) close(); };
  const wanted = (ws.selection.size ? AT_ITEM : AT_EMPTY).filter((id) => !id || enabled(byId(id), ws));
  const entries = wanted.filter((id, i) => id || (i > 0 && wanted[i - 1] !== "" && i < wanted.length - 1));
  const menu = h("div", { class: "c-menu", role: "menu", "aria-label": w("commands") }, ...entries.map((id) => id
    ? h("button", { type: "button", role: "menuitem", tabindex: -1, click: () => { close(); run(byId(id), scope); } }, w(`cmd-${id}`), caps(byId(id).keys))
    : h("hr", {})));
  menu.addEventListener("keydown", (event) => {
    event.stopPropagation();
    const buttons = [...menu.querySelectorAll("button")];
    const at = buttons.indexOf(document.activeElement as HTMLButtonElement);
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: -1 }[event.key];
    if (event.key === "Escape" || event.key === "Tab") close();
    else if (to === undefined) return;
    else buttons.at(to >= buttons.length ? 0 : to)?.focus();
    event.preventDefault();
  });
  host.append(menu);
  menu.style.left = `${Math.max(4, Math.min(x, innerWidth - menu.offsetWidth - 8))}px`;
  menu.style.top = `${Math.max(4, Math.min(y, innerHeight - menu.offsetHeight - 8))}px`;
  document.addEventListener("pointerdown", outside, true);
  menu.querySelector("button")?.focus();
}

export function showHelp({ host }: Scope): void {
  const row = (keys: string, word: string): HTMLElement => h("div", {}, h("dt", {}, caps(keys)), h("dd", {}, w(word)));
  const walking = h("section", {}, h("h3", {}, w("keys-walk")), h("dl", { class: "c-help" },
    row("← ↑ ↓ →", "key-arrows"), row(", .", "key-links"), row("Space", "key-space"), row("Shift+←", "key-nudge"), row("Ctrl+←", "key-pan")));
  open(host, w("help"), [h("p", { class: "hint" }, w("help-text")), h("div", { class: "c-helps" }, walking, ...GROUPS.map((group) => h(
    "section", {}, h("h3", {}, w(`keys-${group}`)), h("dl", { class: "c-help" }, ...ACTIONS.filter((action) => action.group === group).map((action) => row(action.keys, `cmd-${action.id}`))))))], [], true);
}
