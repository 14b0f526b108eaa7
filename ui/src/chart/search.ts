// The search bar: what is on the chart already, what is in this file, what is elsewhere. Enter places or selects.

import type { Scope } from "./commands";
import { after, h } from "./dom";
import { icon } from "./looks";
import type { Item } from "./types";
import { country, deed, w } from "./words";

const MOST = 12;
interface Answer { on: Item[]; elsewhere: Item[]; contacts?: { label: string; desk: string; phone: string; email: string; token: string }[] }

/** Words of the search in caption or facts, in any order. */
export function matches(item: Item, text: string): boolean {
  const all = [item.caption, ...item.facts.flatMap(({ values }) => values)].join(" ").toLocaleLowerCase();
  return text.toLocaleLowerCase().split(/\s+/).filter(Boolean).every((word) => all.includes(word));
}

/** Fills `box` with a search that calls `chosen`; by default what is chosen is placed on the chart. */
export function searchBar(scope: Scope, box: HTMLElement, id = "c-search", chosen?: (item: Item) => void): HTMLInputElement {
  const { ws } = scope;
  let rows: Item[] = [];
  let at = -1;
  let asked = 0;
  const list = h("div", { class: "c-found", role: "listbox", id: `${id}-list`, "aria-label": w("found"), hidden: true });
  const input = h("input", {
    type: "search", id, role: "combobox", autocomplete: "off", "aria-expanded": "false", "aria-controls": `${id}-list`, "aria-label": w("search-hint"), placeholder: w("search-hint"),
  });

  const take = (item: Item): void => {
    close();
    input.value = "";
    if (chosen) return chosen(item);
    if (ws.isOn(item.id) && !ws.cells[`item/${item.id}`]?.hidden) {
      ws.select([ws.scene.spotOf.get(item.id) ?? ""]);
      ws.say(w("was-on", { what: item.caption }));
    } else ws.add({ nodes: [item], links: [] }, deed("search"));
    scope.focus("canvas");
    ws.walked = ws.scene.spotOf.get(item.id) ?? "";
    scope.canvas.walk(ws.walked); // brings it into view, and the arrows go on from it
  };
  const close = (): void => {
    list.hidden = true;
    at = -1;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  };
  const mark = (): void => {
    const options = [...list.querySelectorAll("[role=option]")];
    options.forEach((one, i) => one.setAttribute("aria-selected", String(i === at)));
    input.setAttribute("aria-activedescendant", options[at]?.id ?? "");
    options[at]?.scrollIntoView({ block: "nearest" });
  };
  const option = (item: Item): HTMLElement => {
    const number = rows.push(item) - 1;
    const image = h("img", { src: icon(item.kind, getComputedStyle(scope.host).color), alt: "", width: 18, height: 18 });
    const under = [item.label, item.countries.map(country).join(", "), item.owner].filter(Boolean).join(" · ");
    return h("div", { role: "option", id: `${id}-${number}`, "aria-selected": "false", pointerdown: (event: Event) => event.preventDefault(), click: () => take(item) },
      image, h("span", {}, h("bdi", {}, item.caption), h("small", {}, under)));
  };
  const show = (on: Item[], told: Answer | null): void => {
    rows = [];
    const part = (word: string, items: Item[]): HTMLElement | null =>
      items.length ? h("div", { role: "group", "aria-label": w(word) }, h("p", { class: "menu-title" }, w(word)), ...items.slice(0, MOST).map(option)) : null;
    const known = new Set(on.map((item) => item.id));
    const parts = [part("found-on", on), part("found-file", (told?.on ?? []).filter((item) => !known.has(item.id))), part("found-elsewhere", (told?.elsewhere ?? []).filter((item) => !known.has(item.id)))];
    const owners = (told?.contacts ?? []).map((one) => h("p", { class: "c-ask" }, h("b", {}, w("ask-owner", { who: one.label })), h("small", {}, [one.desk, one.phone, one.email, one.token].filter(Boolean).join(" · "))));
    list.replaceChildren(...parts.filter((one) => one !== null), ...owners, ...(rows.length || owners.length ? [] : [h("p", { class: "hint" }, w(told ? "found-none" : "searching"))]));
    list.hidden = false;
    input.setAttribute("aria-expanded", "true");
    at = rows.length ? 0 : -1;
    mark();
  };
  const look = async (): Promise<void> => {
    const text = input.value.trim();
    if (text.length < 2) return close();
    const turn = ++asked;
    const on = ws.placed.filter((item) => matches(item, text));
    show(on, null);
    const told = await ws.from(ws.store.network<Answer>("search", { text, limit: MOST }));
    if (turn === asked && input.value.trim() === text) show(on, told ?? { on: [], elsewhere: [] });
  };
  input.addEventListener("input", after(220, () => void look()));
  input.addEventListener("blur", close);
  input.addEventListener("keydown", (event) => {
    if (event.key === "Escape") {
      if (list.hidden) scope.focus("canvas");
      close();
    } else if (event.key === "Enter" && rows[at]) take(rows[at]!);
    else if (event.key === "ArrowDown" && rows.length) { at = Math.min(at + 1, rows.length - 1); mark(); }
    else if (event.key === "ArrowUp" && rows.length) { at = Math.max(at - 1, 0); mark(); }
    else return;
    event.preventDefault();
    event.stopPropagation();
  });
  box.append(input, list);
  return input;
}
