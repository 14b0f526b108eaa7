// <entente-chart file="…" chart="…" lang="…" data-words="{…}" data-world="/static/…">: the chart workspace. It talks
// to the public API alone. Every command is in commands.ts; every view shares one workspace (workspace.ts).

import { Canvas } from "./canvas";
import { byId, enabled, onKey, run, type Scope } from "./commands";
import { Log } from "./document";
import { h } from "./dom";
import { legend } from "./filters";
import { formatter } from "./formats";
import { mapTab } from "./map";
import { matrixTab } from "./matrix";
import { showMenu } from "./menu";
import { metricsTab } from "./metrics";
import { panel } from "./panel";
import { removalTab } from "./removal";
import { searchBar } from "./search";
import { Refusal, Store } from "./store";
import { tableTab } from "./table";
import { timeline } from "./timeline";
import { named, speak, w } from "./words";
import { walkKey } from "./stepping";
import { TABS, Workspace } from "./workspace";
import type { Spot } from "./scene";

const TOOLS = ["undo", "redo", "expand", "paths", "layout", "export", "palette"];

class Chart extends HTMLElement {
  private store: Store | null = null;
  private canvas: Canvas | null = null;
  private gone = new AbortController();

  connectedCallback(): void {
    speak(this.dataset["words"] ?? null, this.lang || document.documentElement.lang);
    this.replaceChildren(h("p", { class: "empty", role: "status" }, w("loading")));
    void this.load();
  }

  disconnectedCallback(): void { this.wipe(); }

  private wipe(): void {
    this.gone.abort();
    this.gone = new AbortController();
    this.store?.stop();
    this.canvas?.destroy();
    this.store = this.canvas = null;
    this.replaceChildren();
  }

  /** Closed to this officer: nothing of it stays on the screen. */
  private close(text: string): void {
    this.wipe();
    const notice = h("div", { class: "notice warn", role: "alert", tabindex: -1 }, h("h2", {}, w("closed")), h("p", {}, text), h("p", {}, h("a", { href: "/files" }, w("to-files"))));
    this.replaceChildren(notice);
    notice.focus();
  }

  private async load(): Promise<void> {
    const status = h("p", { role: "status", "aria-live": "polite", class: "c-said" });
    const saved = h("span", { class: "c-saved" });
    const say = (text: string, bad = false): void => {
      status.classList.toggle("c-bad", bad);
      status.textContent = ""; // the same sentence twice is said twice
      requestAnimationFrame(() => (status.textContent = text));
    };
    let ws: Workspace | null = null;
    const store = (this.store = new Store(this.getAttribute("file") ?? "", this.getAttribute("chart") ?? "", {
      heard: (nodes, links, by) => {
        ws?.know(nodes, links);
        ws?.redraw();
        if (by.length) say(w("others-changed", { by: by.join(", ") }));
      },
      state: (state, text) => {
        saved.textContent = w(`state-${state}`);
        saved.className = `c-saved c-${state}`;
        if (state === "refused") say(w("refused-text", { why: text ?? "" }), true);
        if (state === "waiting" || state === "signed-out") say(w(`${state}-text`), true);
      },
      left: (n) => say(w("left-out", { n }), true),
      closed: () => this.close(w("closed-text")),
    }));
    try {
      const chart = await store.load();
      store.log = new Log(chart.cells, chart.last);
      ws = new Workspace(store, store.log, say);
      ws.know(chart.nodes, chart.links);
      ws.write = chart.can.write && !chart.snapshot;
      ws.title = chart.title;
      store.reader = !ws.write;
      this.build(ws, status, saved);
      saved.textContent = w(chart.snapshot ? "state-snapshot" : ws.write ? "state-saved" : "state-reading");
      if (!chart.snapshot) store.listen();
    } catch (error) {
      if (error instanceof Refusal && error.closed) this.close(w("closed-text"));
      else {
        this.wipe();
        this.replaceChildren(h("div", { class: "notice bad", role: "alert" }, h("p", {}, error instanceof Refusal ? error.message : w("offline")), h("p", {}, h("button", { type: "button", click: () => this.connectedCallback() }, w("try-again")))));
        if (!(error instanceof Refusal) && error instanceof TypeError) throw error;
      }
    }
  }

  private build(ws: Workspace, status: HTMLElement, saved: HTMLElement): void {
    const sheet = h("div", { class: "c-canvas", tabindex: 0, role: "application", "aria-label": w("canvas-label"), "aria-describedby": "c-keys-hint" });
    const empty = this.emptyState();
    const parts = {
      chart: h("section", { class: "c-tab c-chart", "aria-label": w("tab-chart") }, sheet, empty),
      ...Object.fromEntries(TABS.slice(1).map((name) => [name, h("section", { class: `c-tab c-${name}`, "aria-label": w(`tab-${name}`), tabindex: -1, hidden: true })])),
    } as Record<(typeof TABS)[number], HTMLElement>;
    const left = h("aside", { class: "c-legend", "aria-label": w("legend") });
    const right = h("aside", { class: "c-panel", "aria-label": w("panel") });
    const below = h("section", { class: "c-timeline", "aria-label": w("timeline") });
    const search = h("div", { class: "c-search" });
    const tabs = h("div", { class: "c-tabs", role: "group", "aria-label": w("views") }, ...TABS.map((name) => h("button", { type: "button", "aria-pressed": String(name === "chart"), "data-tab": name, click: () => ws.show(name) }, w(`tab-${name}`))));
    const tools = h("div", { class: "c-tools", role: "toolbar", "aria-label": w("commands") });
    const counts = h("span", { class: "c-counts" });
    this.replaceChildren(
      h("header", { class: "c-head" }, search, tabs, tools),
      h("div", { class: "c-main" }, left, h("div", { class: "c-centre" }, ...Object.values(parts), below), right),
      h("footer", { class: "c-status" }, status, counts, saved), h("p", { id: "c-keys-hint", class: "unseen" }, w("keys-hint")));

    const canvas = (this.canvas = new Canvas(sheet, {
      selected: (ids) => {
        if (ids.size === 1) [ws.walked = ""] = ids; // the arrows go on from what was clicked
        ws.select(ids);
      },
      moved: (to) => void ws.moved(to),
      opened: (id) => { ws.select([id]); run(byId(ws.scene.spots.get(id)?.sort === "group" || ws.scene.boxes.has(id) ? "collapse" : "expand"), scope); },
      menu: (id, at) => {
        if (id && !ws.selection.has(id)) ws.select([id]);
        if (!id) ws.select([]);
        showMenu(scope, at);
      },
    }));
    const input: { search?: HTMLInputElement } = {};
    const scope: Scope = {
      ws, canvas, host: this,
      focus: (part) => {
        if (part === "search") input.search?.focus();
        else if (part === "canvas") (ws.tab === "chart" ? sheet : parts[ws.tab].querySelector<HTMLElement>("tr[tabindex='0']") ?? parts[ws.tab]).focus();
        else if (part === "filters") left.querySelector<HTMLElement>("summary, input, button")?.focus();
        else if (part === "timeline") below.querySelector<HTMLElement>("input")?.focus();
        else {
          if (!ws.selection.size && ws.walked) ws.select([ws.walked]);
          right.querySelector<HTMLElement>("h2")?.focus();
        }
      },
    };
    ws.centre = () => canvas.centre();
    input.search = searchBar(scope, search);
    tools.append(...TOOLS.map((id) => h("button", { type: "button", class: "small", "data-command": id, title: byId(id).keys, click: () => run(byId(id), scope) }, w(`cmd-${id}`))));

    const words = (spot: Spot): string => {
      if (spot.sort === "note") return spot.caption;
      const rank = format(spot).rank;
      const under = [spot.sort === "group" || spot.sort === "merge" ? `(${spot.ids.length})` : "", spot.countries.slice(0, 3).map((code) => code.toUpperCase()).join(" "), spot.category ? named("category", spot.category) : "", rank].filter(Boolean).join(" · ");
      const name = `\u2068${spot.caption}\u2069`; // a number keeps its own direction in a right-to-left chart
      return under ? `${name}\n${under}` : name;
    };
    let format = formatter(ws.cells, ws.measures);
    const refresh = (): void => {
      for (const button of tools.querySelectorAll<HTMLButtonElement>("button")) button.setAttribute("aria-disabled", String(!enabled(byId(button.dataset["command"]!), ws)));
    };
    ws.on((what) => {
      if (what === "drawing" || what === "measures") {
        format = formatter(ws.cells, ws.measures);
        canvas.draw(ws.scene, format, words);
        canvas.select(ws.selection);
        counts.textContent = w("counts", { items: ws.sifted.items.size, links: ws.sifted.links.size });
        empty.hidden = ws.placed.length > 0 || Object.keys(ws.cells).some((key) => key.startsWith("note/"));
      }
      if (what === "selection") canvas.select(ws.selection);
      if (what === "tab") {
        for (const name of TABS) parts[name].hidden = name !== ws.tab;
        for (const button of tabs.querySelectorAll("button")) button.setAttribute("aria-pressed", String(button.dataset["tab"] === ws.tab));
      }
      refresh();
    });
    tableTab(ws, parts.table);
    matrixTab(ws, parts.matrix);
    mapTab(ws, parts.map, this.dataset["world"] ?? "/static/dist/world.json");
    metricsTab(scope, parts.measures);
    removalTab(scope, parts.removal);
    ws.redraw();
    legend(ws, left);
    panel(scope, right);
    timeline(ws, below);
    canvas.fit();

    sheet.addEventListener("keydown", (event) => walkKey(event, scope));
    this.addEventListener("keydown", (event) => {
      if (event.defaultPrevented || !onKey(event, scope)) return;
      event.preventDefault();
      event.stopPropagation();
    });
    // A button that went while it was pressed leaves the focus on the page: the keys are the workspace's still.
    document.addEventListener("keydown", (event) => {
      if (event.target !== document.body || this.querySelector("dialog[open], .c-menu")) return;
      scope.focus("canvas");
      if (ws.tab === "chart") walkKey(event, scope);
      if (!event.defaultPrevented && onKey(event, scope)) event.preventDefault();
    }, { signal: this.gone.signal });
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => { canvas.restyle(); ws.redraw(); }, { signal: this.gone.signal });
  }

  private emptyState(): HTMLElement {
    const step = (key: string, word: string): HTMLElement => h("li", {}, h("kbd", {}, key), h("span", {}, w(word)));
    return h("div", { class: "c-empty" }, h("p", { class: "empty-title" }, w("empty-title")), h("p", {}, w("empty-text")), h("ol", {}, step("/", "empty-1"), step("E", "empty-2"), step("P", "empty-3"), step("?", "empty-4")));
  }
}

customElements.define("entente-chart", Chart);
