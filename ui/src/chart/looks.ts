// How things look: a shape, an icon and a colour for each sort of thing, never a colour alone. Lines say by their
// stroke how sure they are: confirmed solid, unconfirmed dashed, tentative dotted.

import type { StylesheetJson } from "cytoscape";

export interface Look { shape: string; hue: keyof typeof HUES; icon: string }

/** Eight hues that stay apart in common colour blindness (Okabe and Ito, darkened and lightened to stay legible). */
const HUES = {
  blue: ["#1d5fa8", "#7db8f0"], red: ["#a8371d", "#f2a08c"], green: ["#1b7350", "#74cfa5"], violet: ["#6d44a8", "#bfa2ee"],
  amber: ["#8a5a00", "#eebb5e"], teal: ["#0f6f7c", "#6cc9d6"], pink: ["#a02f6d", "#ee9fc8"], grey: ["#55606e", "#a9b4c2"],
} as const;

// Icons are drawn on 24 × 24, by strokes of 2.
const ICONS = {
  person: "M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8ZM4.5 20.5c.8-4 3.700-6 7.500-6s6.700 2 7.500 6",
  firm: "M5 21V4h9v17M14 9h5v12M3 21h18M8 8h3M8 12h3M8 16h3",
  people: "M9 11a3.500 3.500 0 1 0 0-7 3.500 3.500 0 0 0 0 7ZM2.500 20c.6-4 3-6 6.500-6s5.900 2 6.500 6M16 4.500a3.500 3.500 0 0 1 0 6.500M18 14.500c2 .8 3.200 2.600 3.500 5.500",
  phone: "M8 2.500h8v19H8zM11 18.500h2",
  card: "M3 6h18v13H3zM3 10h18M6 15h4",
  money: "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18ZM15 9c-.5-1-1.600-1.500-3-1.500-1.800 0-3 .8-3 2.200 0 3 6 1.500 6 4.500 0 1.500-1.300 2.300-3 2.300s-2.700-.6-3.200-1.700M12 5.500v13",
  car: "M3 16v-4l2-5h14l2 5v4zM3 12h18M7 16v2.500M17 16v2.500",
  ship: "M3 14h18l-2.500 6h-13zM7 14V8h10v6M12 8V4",
  plane: "M12 2.500v19M12 9 3 14M12 9l9 5M9 21.500h6",
  pin: "M12 21.500s6.500-6.300 6.500-11.500a6.500 6.500 0 1 0-13 0c0 5.200 6.500 11.500 6.500 11.500ZM12 12.500a2.500 2.500 0 1 0 0-5 2.500 2.500 0 0 0 0 5Z",
  paper: "M6 2.500h8l4 4v15H6zM14 2.500v4h4M9 12h6M9 16h6",
  mail: "M3 5.500h18v13H3zM3 6.500l9 7 9-7",
  event: "M4 5h16v15.500H4zM4 10h16M8 2.500v4M16 2.500v4",
  gun: "M3 7h17v4h-9l-1 3H8l-1 5H3.500L5 11H3z",
  other: "M12 3.500 20.500 12 12 20.500 3.500 12z",
  group: "M4 4h7v7H4zM13 4h7v7h-7zM4 13h7v7H4zM13 13h7v7h-7z",
} as const;

const look = (shape: string, hue: Look["hue"], icon: keyof typeof ICONS): Look => ({ shape, hue, icon: ICONS[icon] });
const LOOKS: Readonly<Record<string, Look>> = {
  Person: look("ellipse", "blue", "person"),
  Company: look("rectangle", "amber", "firm"), Organization: look("rectangle", "amber", "people"),
  LegalEntity: look("rectangle", "amber", "firm"), PublicBody: look("rectangle", "grey", "firm"),
  PhoneNumber: look("round-rectangle", "teal", "phone"), Device: look("round-rectangle", "teal", "phone"), Call: look("round-rectangle", "teal", "phone"),
  BankAccount: look("cut-rectangle", "green", "card"), CryptoWallet: look("cut-rectangle", "green", "money"), Security: look("cut-rectangle", "green", "money"),
  Vehicle: look("barrel", "violet", "car"), Vessel: look("barrel", "violet", "ship"), Airplane: look("barrel", "violet", "plane"), Asset: look("barrel", "violet", "other"),
  Address: look("pentagon", "pink", "pin"), RealEstate: look("pentagon", "pink", "pin"),
  Event: look("hexagon", "red", "event"), Trip: look("hexagon", "red", "event"), Meeting: look("hexagon", "red", "event"), Firearm: look("hexagon", "red", "gun"),
  Passport: look("tag", "grey", "paper"), Identification: look("tag", "grey", "paper"), Document: look("tag", "grey", "paper"), Notice: look("tag", "red", "paper"),
  Email: look("round-rectangle", "teal", "mail"), UserAccount: look("round-rectangle", "teal", "mail"), Message: look("tag", "grey", "mail"),
  group: look("round-rectangle", "grey", "group"),
};
const OTHER = look("diamond", "grey", "other");

export const lookOf = (kind: string): Look => LOOKS[kind] ?? OTHER;
export const hueOf = (kind: string, dark: boolean): string => HUES[lookOf(kind).hue][dark ? 1 : 0];

/** Colours that a format may give, by name. */
export const COLOURS: readonly string[] = Object.keys(HUES);
export const colour = (name: string, dark: boolean): string => HUES[name as keyof typeof HUES]?.[dark ? 1 : 0] ?? HUES.grey[dark ? 1 : 0];

const drawn = new Map<string, string>();

/** An icon as an address that holds it whole. */
export function icon(kind: string, ink: string): string {
  const key = `${kind} ${ink}`;
  let made = drawn.get(key);
  if (!made) {
    made = `data:image/svg+xml;utf8,${encodeURIComponent(`<svg xmlns="http://www.w3.org/2000/svg" width="48" height="48" viewBox="0 0 24 24" fill="none" stroke="${ink}" stroke-width="2" stroke-linecap="round" stroke-linejoin="round"><path d="${lookOf(kind).icon}"/></svg>`)}`;
    drawn.set(key, made);
  }
  return made;
}

export interface Inks { paper: string; sheet: string; sunk: string; ink: string; soft: string; line: string; edge: string; focus: string; act: string; warn: string; warnBg: string; bad: string; dark: boolean; font: string }

/** The page's own colours, read once per theme. */
export function inks(of: Element): Inks {
  const style = getComputedStyle(of);
  const get = (name: string): string => style.getPropertyValue(`--${name}`).trim();
  return {
    paper: get("paper"), sheet: get("sheet"), sunk: get("sunk"), ink: get("ink"), soft: get("soft"), line: get("line"), edge: get("edge"),
    focus: get("focus"), act: get("act"), warn: get("warn"), warnBg: get("warn-bg"), bad: get("bad"), font: style.fontFamily,
    dark: style.colorScheme.trim() === "dark" || (style.colorScheme.includes("dark") && matchMedia("(prefers-color-scheme: dark)").matches),
  };
}

export function stylesheet(c: Inks): StylesheetJson {
  const style = [
    {
      selector: "node",
      style: {
        shape: "data(shape)", width: "data(size)", height: "data(size)", "background-color": "data(fill)", "border-color": "data(edge)", "border-width": 2,
        "background-image": "data(icon)", "background-width": "54%", "background-height": "54%",
        label: "data(label)", color: c.ink, "font-size": 12, "font-family": c.font, "text-valign": "bottom", "text-margin-y": 4, "text-wrap": "wrap", "text-max-width": "130px",
        "line-height": 1.2, "text-background-color": c.sunk, "text-background-opacity": 0.82, "text-background-padding": "1px", "text-background-shape": "roundrectangle",
        "min-zoomed-font-size": 5, "overlay-opacity": 0,
      },
    },
    { selector: "node.unconfirmed", style: { "border-style": "dashed" } },
    { selector: "node.tentative", style: { "border-style": "dotted" } },
    { selector: "node.merge", style: { "border-style": "double", "border-width": 6 } },
    { selector: "node.group", style: { "border-style": "double", "border-width": 6 } },
    { selector: "node.pinned", style: { "underlay-color": c.edge, "underlay-opacity": 0.22, "underlay-padding": 5, "underlay-shape": "round-rectangle" } },
    { selector: "node.strong", style: { "border-width": 4, "font-weight": 700 } },
    {
      selector: "node.note",
      style: {
        shape: "round-rectangle", width: 178, height: "data(size)", padding: "6px", "background-color": c.warnBg, "border-color": c.warn, "border-width": 1, color: c.warn, "background-image-opacity": 0,
        "text-valign": "center", "text-margin-y": 0, "text-max-width": "170px", "text-justification": "auto", "text-background-opacity": 0, "font-size": 11,
      },
    },
    {
      selector: "node.box",
      style: {
        shape: "round-rectangle", "background-color": c.edge, "background-opacity": 0.09, "border-color": c.edge, "border-width": 1, "border-style": "solid", padding: "22px", "background-image-opacity": 0,
        "text-valign": "top", "text-margin-y": -4, color: c.soft, "font-weight": 600, "font-size": 13, "text-background-opacity": 0,
      },
    },
    {
      selector: "edge",
      style: {
        width: "data(width)", "line-color": "data(ink)", "curve-style": "bezier", "control-point-step-size": 34, label: "data(label)", color: c.soft, "font-size": 10, "font-family": c.font,
        "text-rotation": "autorotate", "text-background-color": c.sunk, "text-background-opacity": 0.9, "text-background-padding": "1px", "min-zoomed-font-size": 8,
        "target-arrow-color": "data(ink)", "arrow-scale": 0.9, "overlay-opacity": 0,
      },
    },
    { selector: "edge.directed", style: { "target-arrow-shape": "triangle" } },
    { selector: "edge.unconfirmed", style: { "line-style": "dashed", "line-dash-pattern": [8, 5] } },
    { selector: "edge.tentative", style: { "line-style": "dashed", "line-dash-pattern": [2, 4], "line-cap": "round" } },
    { selector: "edge.drawn", style: { "line-color": c.warn, "target-arrow-color": c.warn, color: c.warn } },
    { selector: "edge.tie", style: { "line-style": "dotted", "line-color": c.warn, width: 1 } },
    { selector: "edge.on-path", style: { "line-color": c.focus, "target-arrow-color": c.focus, width: 5, "z-index": 9 } },
    { selector: "node.on-path", style: { "border-color": c.focus, "border-width": 5 } },
    { selector: "node.gone", style: { opacity: 0.25 } },
    { selector: "edge.gone", style: { opacity: 0.15 } },
    { selector: "node:selected", style: { "border-color": c.act, "border-width": 4, "underlay-color": c.act, "underlay-opacity": 0.22, "underlay-padding": 7, "underlay-shape": "round-rectangle" } },
    { selector: "edge:selected", style: { "line-color": c.act, "target-arrow-color": c.act, width: 4 } },
    { selector: "node.walked", style: { "outline-color": c.focus, "outline-width": 3, "outline-offset": 5, "outline-opacity": 1 } },
    { selector: "edge.walked", style: { "line-color": c.focus, "target-arrow-color": c.focus, width: 5 } },
  ];
  return style as unknown as StylesheetJson; // its types name no fonts' lists and no underlays in strings
}
