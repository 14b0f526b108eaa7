// What the island and the server tell each other about things, links and charts.

export interface Fact { label: string; values: string[] }

/** A thing as the viewer may see it. */
export interface Item {
  id: string; kind: string; label: string; caption: string; owner: string; grade: string; certainty: string;
  countries: string[]; place: string; since: string; until: string; category: string; photo: boolean; facts: Fact[];
}

/** A stated relation of two things; `more` says how many statements beyond the first say the same. */
export interface Link {
  id: string; kind: string; label: string; from: string; to: string; directed: boolean;
  since: string; until: string; grade: string; certainty: string; owner: string; more: number;
}

/** What stands in one cell of a chart, by the cell's sort ("item", "merge", …). */
export interface Cell {
  x?: number; y?: number; pinned?: boolean; hidden?: boolean;
  ids?: string[]; label?: string; collapsed?: boolean;
  from?: string; to?: string; certainty?: string;
  on?: string; text?: string; by?: string; at?: string;
  is?: string; colour?: string; size?: string;
}
export type Cells = Readonly<Record<string, Cell>>;
export type Change = Record<string, Cell | null>;

export interface Command { label: string; set: Change; was: Change }
export interface Step { id: string; label: string; by: string; at: string; commands: Command[] }

export interface Chart {
  id: string; file: string; title: string; snapshot: boolean; last: string;
  cells: Record<string, Cell>; nodes: Item[]; links: Link[]; can: { write: boolean }; at: string;
}
export interface StepsAnswer { last: string; steps: Step[]; cells: Record<string, Cell>; nodes?: Item[]; links?: Link[]; left?: string[] }
export interface Found { nodes: Item[]; links: Link[]; shown?: number; many?: number }
export interface Around { id: string; kind: string; label: string; direction: string; many: number }
export interface Path { things: string[]; links: string[]; strength: number }
export interface Stamp { fingerprint: string; at: string; things: number; links: number; bureaus: string[]; level: string; text?: string }

export interface Point { x: number; y: number }
