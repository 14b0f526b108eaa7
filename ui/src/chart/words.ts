// The words of the workspace come with the page (data-words), in the reader's language.

let known: Readonly<Record<string, string>> = {};
let lang = "en";

export function speak(words: string | null, language: string): void {
  try {
    known = words ? (JSON.parse(words) as Record<string, string>) : {};
  } catch {
    known = {};
  }
  lang = language || "en";
}

/** A text by its key; `{name}` in it is replaced. A word the page did not bring is told by its key. */
export function w(key: string, values: Record<string, string | number> = {}): string {
  return (known[key] ?? key).replace(/\{(\w+)\}/g, (all, name: string) => {
    const value = values[name];
    return value === undefined ? all : typeof value === "number" ? number(value) : value;
  });
}

/** What a command does, without the dots that say it asks first. */
export const deed = (id: string): string => w(`cmd-${id}`).replace(/\s*(…|\.\.\.)$/, "");

export const number = (value: number, most = 0): string => new Intl.NumberFormat(lang, { maximumFractionDigits: most }).format(value);

export const day = (iso: string): string => {
  if (!/^\d{4}-\d\d-\d\d/.test(iso)) return iso;
  return new Intl.DateTimeFormat(lang, { dateStyle: "medium", timeZone: "UTC" }).format(new Date(`${iso.slice(0, 10)}T00:00:00Z`));
};
export const moment = (iso: string): string => {
  const at = new Date(iso);
  return Number.isNaN(+at) ? iso : new Intl.DateTimeFormat(lang, { dateStyle: "medium", timeStyle: "short" }).format(at);
};
export const month = (year: number, index: number): string =>
  new Intl.DateTimeFormat(lang, { month: "short", year: "numeric", timeZone: "UTC" }).format(new Date(Date.UTC(year, index, 1)));

/** 0 is Monday. */
export const weekday = (index: number): string =>
  new Intl.DateTimeFormat(lang, { weekday: "short", timeZone: "UTC" }).format(new Date(Date.UTC(2024, 0, 1 + index)));

export function country(code: string): string {
  if (!/^[a-z]{2}$/i.test(code)) return code;
  if (/^x[a-jl-z]$/i.test(code)) return code.toUpperCase(); // no country's: browsers call XA and XB "Pseudo-…"
  try {
    return new Intl.DisplayNames([lang], { type: "region", fallback: "code" }).of(code.toUpperCase()) ?? code;
  } catch {
    return code.toUpperCase();
  }
}

export const period = (since: string, until: string): string =>
  since && until && since !== until ? `${day(since)} – ${day(until)}` : since ? day(since) : until ? `– ${day(until)}` : "";

/** The word for a stated certainty, category or direction; what has none is told as it stands. */
export const named = (sort: string, value: string): string => known[`${sort}-${value}`] ?? value;
