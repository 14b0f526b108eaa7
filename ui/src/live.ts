// Live arrival: the server says on one line (/stream) that something new waits, never what.
//
// <live-inbox src="/inbox/part" data-news="Something new has arrived.">…</live-inbox> fetches its content anew
// (at most once a second), keeps the focus and what is being typed, says so to screen readers, and marks the
// title of a hidden page; what in it has data-title names the page anew. <live-thread src=…> on a message's page
// is fetched likewise, and is empty until something came in that thread. On every page but the inbox a[data-live]
// gets a dot, and says its text to screen readers. Receipts of what one's bureau sent, and what was done about its
// payments, renew parts, and no more.
// Tabs share one line where the browser lets them: it has six connections for all of them together.

import htmx from "htmx.org";

const REST_MS = 1000;
const AGAIN_MS = 30_000; // after a refusal, which the browser does not try again by itself
const KEPT = "entente-news";
const part = document.querySelector<HTMLElement>("live-inbox[src], live-thread[src]");
const inbox = part?.localName === "live-inbox";
const link = document.querySelector<HTMLElement>("a[data-live]");
const tabs = new BroadcastChannel("entente-live");
let title = document.title;
const said = document.createElement("p");

function mark(): void {
  if (document.hidden) document.title = `(•) ${title}`;
  if (inbox || !link || link.querySelector(".dot")) return;
  const dot = document.createElement("span");
  dot.className = "dot";
  const text = document.createElement("span");
  text.className = "unseen";
  text.textContent = ` ${link.dataset.live}`;
  dot.append(text);
  link.append(dot);
}

function news(quiet: boolean): void {
  if (!inbox && !quiet) sessionStorage.setItem(KEPT, "yes");
  if (!quiet) mark();
  void renew(!quiet);
}

// --- the part of the page that is renewed ----------------------------------------------------------------------

type Field = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement;
const FIELDS = "input:not([type=hidden]), textarea, select";
let last = "";
let free = 0; // when it may be fetched again
let waiting = 0;
let released = Promise.resolve(); // a button or link that is swapped while it is pressed would never be clicked

document.addEventListener("pointerdown", () => {
  released = new Promise((done) => {
    const after = () => window.setTimeout(done); // the click that follows
    for (const end of ["pointerup", "pointercancel"]) document.addEventListener(end, after, { once: true });
  });
});

async function renew(tell: boolean): Promise<void> {
  if (!part || waiting) return;
  const pause = free - Date.now();
  if (pause > 0) {
    waiting = window.setTimeout(() => ((waiting = 0), void renew(tell)), pause);
    return;
  }
  free = Date.now() + REST_MS;
  const headers = { "Entente-By-Itself": "yes", "HX-Request": "true", Accept: "text/html" };
  const answer = await fetch(part.getAttribute("src") ?? "", { headers, redirect: "error" }).catch(() => null);
  if (!answer?.ok) return;
  const text = await answer.text();
  await released;
  const fresh = text !== last;
  if (fresh) swap(part, text);
  last = text;
  if (inbox ? tell : fresh && text.trim()) {
    said.textContent = "";
    requestAnimationFrame(() => (said.textContent = part.dataset.news ?? ""));
  }
}

const ticked = (of: Element): of is HTMLInputElement => of instanceof HTMLInputElement && /^(checkbox|radio)$/.test(of.type);

/** How a field or a link is found again after the swap. */
function place(of: Element): string {
  if (of.id) return `#${CSS.escape(of.id)}`;
  for (const name of ["name", "href", "action"]) {
    const value = of.getAttribute(name);
    const form = name === "name" ? of.closest("form[action]")?.getAttribute("action") : null;
    const within = form ? `form[action="${CSS.escape(form)}"] ` : "";
    const choice = ticked(of) ? `[value="${CSS.escape(of.value)}"]` : "";
    if (value) return `${within}${of.localName}[${name}="${CSS.escape(value)}"]${choice}`;
  }
  return "";
}

/** Whether somebody typed, ticked or chose since the server wrote it. */
function changed(field: Field): boolean {
  if (field instanceof HTMLSelectElement) return [...field.options].some((one) => one.selected !== one.defaultSelected);
  if (field instanceof HTMLInputElement && field.checked !== field.defaultChecked) return true;
  return field.value !== field.defaultValue;
}

function swap(into: HTMLElement, text: string): void {
  const active = into.contains(document.activeElement) ? (document.activeElement as HTMLElement) : null;
  const focused = active && place(active);
  const marked = active instanceof HTMLTextAreaElement ? [active.selectionStart, active.selectionEnd] as const : null;
  const typed = [...into.querySelectorAll<Field>(FIELDS)].filter(changed).map((field) => [place(field), field] as const);
  const open = [...into.querySelectorAll("details[open][id]")].map((one) => place(one));
  into.innerHTML = text;
  for (const [at, was] of typed) {
    const field = at && into.querySelector<Field>(at);
    if (!field) continue;
    if (ticked(field) && ticked(was)) field.checked = was.checked;
    else field.value = was.value;
  }
  for (const at of open) into.querySelector(at)?.setAttribute("open", "");
  const again = focused ? into.querySelector<HTMLElement>(focused) : null;
  again?.focus({ preventScroll: true });
  if (marked && again instanceof HTMLTextAreaElement) again.setSelectionRange(...marked);
  htmx.process(into);
  const named = into.querySelector<HTMLElement>("[data-title]")?.dataset.title;
  if (named) {
    document.title = document.title.replace(title, named);
    title = named;
  }
}

// --- the line ----------------------------------------------------------------------------------------------------

/** Ends when the server refuses: signed out, or too many pages. */
function listen(): Promise<void> {
  const line = new EventSource("/stream");
  line.addEventListener("news", ({ data }: MessageEvent<string>) => {
    const { boxes } = JSON.parse(data) as { boxes: string[] };
    const quiet = boxes.every((box) => box === "receipts" || box === "payments");
    news(quiet);
    tabs.postMessage(quiet ? "receipts" : "news");
  });
  line.addEventListener("open", () => {
    void renew(false); // what came while nobody listened
    tabs.postMessage("open");
  });
  return new Promise((end) => {
    line.addEventListener("error", () => {
      if (line.readyState === EventSource.CLOSED) end();
    });
  });
}

async function lead(): Promise<void> {
  await (navigator.locks ? navigator.locks.request("entente-live", listen) : listen());
  window.setTimeout(() => void lead(), AGAIN_MS);
}

if (part || link) {
  if (inbox) sessionStorage.removeItem(KEPT);
  else if (sessionStorage.getItem(KEPT)) mark();
  if (part) {
    said.className = "unseen";
    said.setAttribute("role", "status");
    part.before(said);
    void navigator.locks?.query().then(({ held }) => {
      if (held?.some(({ name }) => name === "entente-live")) void renew(false); // another tab listens: catch up
    });
  }
  tabs.addEventListener("message", ({ data }) => (data === "open" ? void renew(false) : news(data === "receipts")));
  document.addEventListener("visibilitychange", () => {
    if (!document.hidden) document.title = title;
  });
  void lead();
}

export {};
