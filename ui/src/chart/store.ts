// The chart and its network as the API tells them. Saves by itself soon after each command, hears of others' work,
// waits when the line is down, and says at once when the chart is no longer open to this officer.

import type { Log } from "./document";
import type { Chart, Item, Link, StepsAnswer } from "./types";

const SOON_MS = 400;
const HEAR_MS = 8_000;
const AGAIN_MS = [2_000, 5_000, 15_000, 30_000];

/** The server's "no", in its own words. */
export class Refusal extends Error {
  constructor(readonly status: number, text: string) { super(text); }
  /** Not there, or not (any more) for this officer: the same answer. */
  get closed(): boolean { return this.status === 404 || this.status === 403; }
  get signedOut(): boolean { return this.status === 401; }
}
export class Offline extends Error {}

export async function ask<T>(address: string, body?: unknown, method = body === undefined ? "GET" : "POST", byItself = false): Promise<T> {
  const headers: Record<string, string> = { Accept: "application/json, application/problem+json" };
  if (body !== undefined) headers["Content-Type"] = "application/json";
  if (byItself) headers["Entente-By-Itself"] = "yes";
  const init: RequestInit = { method, headers, credentials: "same-origin", redirect: "manual" };
  if (body !== undefined) init.body = JSON.stringify(body);
  const answer = await fetch(address, init).catch(() => { throw new Offline(); });
  if (answer.type === "opaqueredirect") throw new Refusal(401, "");
  if (answer.status >= 502 && answer.status <= 504) throw new Offline();
  const told = answer.status === 204 ? null : await answer.json().catch(() => ({}));
  if (!answer.ok) throw new Refusal(answer.status, plainly(told));
  return told as T;
}

/** A problem (RFC 9457) as sentences: what, and every fault with what to do. */
function plainly(told: any): string {
  const faults = Array.isArray(told?.faults) ? told.faults.map((fault: any) => [fault.what, fault.do].filter(Boolean).join(" ")) : [];
  return [told?.title, told?.detail, told?.do, ...faults].filter((text) => typeof text === "string" && text).join(" ");
}

export interface Ears {
  /** Cells or things changed by the server's word; `by` names who else worked. */
  heard(nodes: Item[], links: Link[], by: string[]): void;
  state(state: "saved" | "saving" | "waiting" | "refused" | "signed-out", text?: string): void;
  /** So many cells were not set: they name what is not open to this officer. */
  left(cells: number): void;
  closed(): void;
}

export class Store {
  readonly base: string;
  readonly chart: string;
  log: Log | null = null;
  reader = false;
  private known = "";
  private soon = 0;
  private failures = 0;
  private going: Promise<void> | null = null;
  private stopped = false;

  constructor(file: string, readonly chartId: string, private readonly ears: Ears) {
    this.base = `/api/v1/files/${encodeURIComponent(file)}`;
    this.chart = `${this.base}/charts/${encodeURIComponent(chartId)}`;
    window.addEventListener("online", this.wake);
    window.addEventListener("beforeunload", this.leave);
    document.addEventListener("visibilitychange", this.wake);
  }

  load(): Promise<Chart> { return this.ask<Chart>(this.chart); }

  /** Asks, and tells `closed` where the file is no longer open to this officer. */
  async ask<T>(address: string, body?: unknown, method?: string): Promise<T> {
    try {
      return await ask<T>(address, body, method);
    } catch (error) {
      if (error instanceof Refusal && error.closed && !this.stopped) await this.stillOpen();
      throw error;
    }
  }

  /** Asks about the network. What was drawn is saved first: the server counts the chart as it is kept. */
  async network<T>(what: string, body: unknown): Promise<T> {
    for (let tries = 0; tries < 2 && this.log?.unsent; tries++) await this.exchange();
    return this.ask<T>(`${this.base}/network/${what}`, body);
  }

  /** Begins to listen for others' steps. */
  listen(): void { this.schedule(HEAR_MS); }

  save(): void {
    this.ears.state("saving");
    this.schedule(SOON_MS);
  }

  stop(): void {
    this.stopped = true;
    clearTimeout(this.soon);
    window.removeEventListener("online", this.wake);
    window.removeEventListener("beforeunload", this.leave);
    document.removeEventListener("visibilitychange", this.wake);
  }

  /** A "not there" may be about one thing: is the chart itself still there? */
  private async stillOpen(): Promise<void> {
    try {
      await ask(this.chart);
    } catch (error) {
      if (error instanceof Refusal && error.closed) this.ears.closed();
    }
  }

  private readonly wake = (): void => { if (!document.hidden && this.log) this.schedule(0); };
  private readonly leave = (event: BeforeUnloadEvent): void => { if (this.log?.unsent) event.preventDefault(); };

  private schedule(ms: number): void {
    clearTimeout(this.soon);
    if (!this.stopped) this.soon = window.setTimeout(() => void this.exchange(), ms);
  }

  private exchange(): Promise<void> { return (this.going ??= this.exchanged().finally(() => (this.going = null))); }

  private async exchanged(): Promise<void> {
    const log = this.log;
    if (!log || this.stopped) return;
    clearTimeout(this.soon);
    const commands = this.reader ? [] : log.take();
    let next = HEAR_MS;
    try {
      if (this.reader) { // who only reads sends no steps
        const { cells, last, nodes, links } = await ask<Chart>(this.chart, undefined, "GET", true);
        if (last !== log.last) {
          log.answered(cells, last);
          this.ears.heard(nodes, links, []);
        }
        return;
      }
      const told = await ask<StepsAnswer>(`${this.chart}/steps`, { after: log.last, commands }, "POST", !commands.length);
      const before = JSON.stringify(log.cells);
      log.answered(told.cells, told.last);
      this.failures = 0;
      const by = [...new Set(told.steps.map((step) => step.by))];
      const known = JSON.stringify([told.nodes, told.links]); // whoever corrects a record takes no step
      if (told.steps.length || known !== this.known || JSON.stringify(log.cells) !== before) this.ears.heard(told.nodes ?? [], told.links ?? [], by);
      this.known = known;
      if (log.unsent) next = 0;
      else this.ears.state("saved");
      if (told.left?.length) this.ears.left(told.left.length);
    } catch (error) {
      if (error instanceof Refusal && error.closed) return this.ears.closed(); // which stops this store
      if (error instanceof Refusal && !error.signedOut && error.status < 500 && error.status !== 429) {
        log.refused();
        this.ears.heard([], [], []);
        this.ears.state("refused", error.message);
      } else {
        log.unheard();
        next = AGAIN_MS[Math.min(this.failures++, AGAIN_MS.length - 1)]!;
        this.ears.state(error instanceof Refusal && error.signedOut ? "signed-out" : "waiting");
      }
    } finally {
      if (!document.hidden || log.unsent) this.schedule(next);
    }
  }
}
