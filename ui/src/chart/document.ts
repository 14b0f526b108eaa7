// A chart is cells, and a log of commands that set them. Undoing is one more command: nothing is ever rewound.
// The server's word on cells is last; what it has not heard of yet is laid over it again.

import type { Cell, Cells, Change, Command } from "./types";

/** More items than this are not drawn, and not legible either. */
export const MOST_ITEMS = 1500;

/** 32 hexadecimal digits that nobody has used. */
export function freshId(): string {
  return [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

export function laidOver(cells: Cells, commands: readonly Command[]): Cells {
  const after: Record<string, Cell> = { ...cells };
  for (const { set } of commands)
    for (const [key, cell] of Object.entries(set)) {
      if (cell) after[key] = cell;
      else delete after[key];
    }
  return after;
}

/** Whether what stands is what was put there; what the server adds to it (by whom, when) is no change. */
export function stands(put: Cell | null, now: Cell | undefined): boolean {
  if (!put || !now) return !put && !now;
  return Object.entries(put).every(([name, value]) => JSON.stringify(value) === JSON.stringify(now[name as keyof Cell]));
}

/** What takes a command back: only cells that still stand as it left them, so that nobody else's work goes. */
export function inverse(command: Command, cells: Cells): Command | null {
  const set: Change = {};
  const was: Change = {};
  for (const [key, put] of Object.entries(command.set)) {
    if (!stands(put, cells[key])) continue;
    set[key] = command.was[key] ?? null;
    was[key] = cells[key] ?? null;
  }
  return Object.keys(set).length ? { label: command.label, set, was } : null;
}

/** The commands of one analyst over the cells that the server confirmed. */
export class Log {
  cells: Cells;
  private waiting: Command[] = [];
  private sent: Command[] = [];
  private done: Command[] = [];
  private undone: Command[] = [];

  constructor(private confirmed: Cells, public last: string) {
    this.cells = confirmed;
  }

  get unsent(): number { return this.waiting.length + this.sent.length; }
  get canUndo(): boolean { return this.done.length > 0; }
  get canRedo(): boolean { return this.undone.length > 0; }

  /** Sets cells; null where all stand so already. */
  do(label: string, set: Change): Command | null {
    const keys = Object.keys(set).filter((key) => !stands(set[key] ?? null, this.cells[key]));
    if (!keys.length) return null;
    const command: Command = { label, set: {}, was: {} };
    for (const key of keys) {
      command.set[key] = set[key] ?? null;
      command.was[key] = this.cells[key] ?? null;
    }
    this.done.push(command);
    this.undone = [];
    this.put(command);
    return command;
  }

  /** The label of what was undone; null where nothing of it stands any more. */
  undo(): string | null { return this.turn(this.done, this.undone); }
  redo(): string | null { return this.turn(this.undone, this.done); }

  private turn(from: Command[], to: Command[]): string | null {
    for (let command = from.pop(); command; command = from.pop()) {
      const back = inverse(command, this.cells);
      if (!back) continue;
      to.push(back);
      this.put(back);
      return back.label;
    }
    return null;
  }

  private put(command: Command): void {
    this.waiting.push(command);
    this.cells = laidOver(this.cells, [command]);
  }

  /** What is to be sent now; empty while an answer is awaited. */
  take(most = 50): Command[] {
    if (this.sent.length) return [];
    this.sent = this.waiting.splice(0, most);
    return this.sent;
  }

  /** The server answered: its cells stand, and what it has not heard of is laid over them. */
  answered(cells: Cells, last: string): void {
    this.sent = [];
    this.confirmed = cells;
    this.last = last;
    this.cells = laidOver(cells, this.waiting);
  }

  /** The server did not hear: what was sent waits again, before the rest. */
  unheard(): void {
    this.waiting = [...this.sent, ...this.waiting];
    this.sent = [];
  }

  /** The server will not have it: it goes, and so does the way back to it. */
  refused(): void {
    const gone = new Set(this.sent);
    this.sent = [];
    this.done = this.done.filter((command) => !gone.has(command));
    this.undone = this.undone.filter((command) => !gone.has(command));
    this.cells = laidOver(this.confirmed, this.waiting);
  }
}
