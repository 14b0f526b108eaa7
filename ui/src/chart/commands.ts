// Every command of the workspace: one register for keys, palette, menus, toolbar and table.

import { showHelp, showPalette, showMenu } from "./menu";
import { expand } from "./expand";
import { exportDialog } from "./export";
import { formatDialog } from "./format";
import { arrange } from "./arrange";
import { connect, findPaths } from "./paths";
import * as edit from "./editing";
import type { Canvas } from "./canvas";
import { OPEN } from "./sieve";
import type { Tab, Workspace } from "./workspace";
import { w } from "./words";

export interface Scope { ws: Workspace; canvas: Canvas; host: HTMLElement; focus(part: "search" | "filters" | "canvas" | "panel" | "timeline"): void }
export interface Action {
  id: string;
  /** As on the key cap; a letter alone works where no text is typed. */
  keys: string;
  group: "find" | "edit" | "view" | "choose";
  /** How many items must be selected; more words in `enabled`. */
  least?: number;
  writes?: boolean;
  enabled?: (ws: Workspace) => boolean;
  run(scope: Scope): unknown;
}

const tab = (name: Tab, keys: string): Action => ({ id: `tab-${name}`, keys, group: "view", run: ({ ws, focus }) => { ws.show(name); focus("canvas"); } });

export const ACTIONS: readonly Action[] = [
  { id: "search", keys: "/", group: "find", run: ({ focus }) => focus("search") },
  { id: "expand", keys: "E", group: "find", least: 1, writes: true, run: expand },
  { id: "paths", keys: "P", group: "find", run: findPaths },
  { id: "connect", keys: "C", group: "find", least: 3, writes: true, run: connect },
  { id: "filter", keys: "F", group: "find", run: ({ focus }) => focus("filters") },
  { id: "filter-none", keys: "Shift+F", group: "find", run: ({ ws }) => ws.sift(OPEN) },
  { id: "undo", keys: "Ctrl+Z", group: "edit", enabled: (ws) => ws.log.canUndo, run: ({ ws }) => ws.undo() },
  { id: "redo", keys: "Ctrl+Shift+Z", group: "edit", enabled: (ws) => ws.log.canRedo, run: ({ ws }) => ws.redo() },
  { id: "note", keys: "N", group: "edit", writes: true, run: edit.note },
  { id: "draw", keys: "D", group: "edit", least: 2, writes: true, run: edit.drawLine },
  { id: "group", keys: "G", group: "edit", least: 2, writes: true, run: edit.group },
  { id: "collapse", keys: "O", group: "edit", writes: true, enabled: edit.hasGroup, run: edit.collapse },
  { id: "ungroup", keys: "Shift+G", group: "edit", writes: true, enabled: edit.hasGroup, run: edit.ungroup },
  { id: "merge", keys: "M", group: "edit", least: 2, writes: true, run: edit.merge },
  { id: "split", keys: "Shift+M", group: "edit", writes: true, enabled: edit.hasMerge, run: edit.split },
  { id: "theme", keys: "Shift+T", group: "edit", least: 1, writes: true, run: edit.theme },
  { id: "pin", keys: "K", group: "edit", least: 1, writes: true, run: edit.pin },
  { id: "hide", keys: "H", group: "edit", least: 1, writes: true, run: edit.hide },
  { id: "unhide", keys: "Shift+H", group: "edit", writes: true, enabled: edit.hasHidden, run: edit.unhide },
  { id: "remove", keys: "Delete", group: "edit", writes: true, enabled: (ws) => ws.selection.size > 0, run: edit.remove },
  { id: "layout", keys: "L", group: "edit", writes: true, run: arrange },
  { id: "format", keys: "R", group: "edit", writes: true, run: formatDialog },
  { id: "all", keys: "Ctrl+A", group: "choose", run: ({ ws }) => ws.select(ws.scene.spots.keys()) },
  { id: "none", keys: "Escape", group: "choose", run: edit.chooseNone },
  { id: "beside", keys: "S", group: "choose", least: 1, run: edit.chooseBeside },
  { id: "invert", keys: "I", group: "choose", run: ({ ws }) => ws.select([...ws.scene.spots.keys()].filter((id) => !ws.selection.has(id))) },
  tab("chart", "1"), tab("table", "T"), tab("map", "3"), tab("matrix", "4"), tab("measures", "5"), tab("removal", "6"),
  { id: "timeline", keys: "7", group: "view", run: ({ focus }) => focus("timeline") },
  { id: "panel", keys: "Enter", group: "view", run: ({ focus }) => focus("panel") },
  { id: "zoom-in", keys: "+", group: "view", run: ({ canvas }) => canvas.zoomBy(1.3) },
  { id: "zoom-out", keys: "-", group: "view", run: ({ canvas }) => canvas.zoomBy(1 / 1.3) },
  { id: "fit", keys: "0", group: "view", run: ({ canvas }) => canvas.fit() },
  { id: "snapshot", keys: "Shift+S", group: "view", writes: true, run: edit.snapshot },
  { id: "export", keys: "X", group: "view", run: exportDialog },
  { id: "palette", keys: "Ctrl+K", group: "view", run: showPalette },
  { id: "menu", keys: "Shift+F10", group: "view", run: (scope) => showMenu(scope, scope.canvas.where(scope.ws.walked)) },
  { id: "help", keys: "?", group: "view", run: showHelp },
];

export const byId = (id: string): Action => ACTIONS.find((action) => action.id === id)!;

export function enabled(action: Action, ws: Workspace): boolean {
  return !(action.writes && !ws.write) && (action.least ?? 0) <= ws.spots.length && (action.enabled?.(ws) ?? true);
}

/** What a key press is called on the key caps above. */
export function pressed(event: KeyboardEvent): string {
  const { key } = event;
  const name = key === "Backspace" ? "Delete" : key === "ContextMenu" ? "Shift+F10" : key === "=" ? "+" : key.length === 1 ? key.toUpperCase() : key;
  const letter = /^[A-Z]$/.test(name);
  const ctrl = event.ctrlKey || event.metaKey ? "Ctrl+" : "";
  return `${ctrl}${event.shiftKey && (letter || name === "F10") ? "Shift+" : ""}${name === "Y" && ctrl ? "Shift+Z" : name}`;
}

/** Runs the command of a key. Letters alone do nothing while text is typed or with other modifiers. */
export function onKey(event: KeyboardEvent, scope: Scope): boolean {
  if (event.altKey || event.isComposing) return false;
  const typing = (event.target as Element).closest("input:not([type=checkbox]), textarea, select");
  const cap = pressed(event);
  if (typing && cap !== "Ctrl+K") return false;
  const pushes = (event.target as Element).closest("button, a, summary, [role=button], [role=slider]");
  if (pushes && (cap === "Enter" || event.key === " ")) return false;
  const action = ACTIONS.find(({ keys }) => keys === cap);
  if (!action) return false;
  run(action, scope);
  return true;
}

export function run(action: Action, scope: Scope): void {
  const { ws } = scope;
  if (enabled(action, ws)) void action.run(scope);
  else ws.say(needs(action, ws), true);
}

export function needs(action: Action, ws: Workspace): string {
  if (action.writes && !ws.write) return w("read-only");
  return (action.least ?? 0) > ws.spots.length ? w("needs", { what: w(`cmd-${action.id}`), n: action.least! }) : w("nothing-to-do", { what: w(`cmd-${action.id}`) });
}
