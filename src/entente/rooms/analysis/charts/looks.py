"""How things look on a chart: a shape, a colour and an icon for each sort, never a colour alone.

The same as in the workspace (ui/src/chart/looks.ts): eight hues that stay apart in common colour blindness,
after Okabe and Ito. Lines say by their stroke how sure they are.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from math import cos, pi, sin

HUES: Mapping[str, str] = {
    "blue": "#1d5fa8",
    "red": "#a8371d",
    "green": "#1b7350",
    "violet": "#6d44a8",
    "amber": "#8a5a00",
    "teal": "#0f6f7c",
    "pink": "#a02f6d",
    "grey": "#55606e",
}
DASHES: Mapping[str, str] = {"unconfirmed": "8 5", "tentative": "2 4"}
"""Stroke patterns of what is not confirmed; what does not say how sure it is has none."""

# Icons are drawn on 24 × 24, by strokes of 2.
ICONS: Mapping[str, str] = {
    "person": "M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8ZM4.5 20.5c.8-4 3.7-6 7.5-6s6.7 2 7.5 6",
    "firm": "M5 21V4h9v17M14 9h5v12M3 21h18M8 8h3M8 12h3M8 16h3",
    "people": "M9 11a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7ZM2.5 20c.6-4 3-6 6.5-6s5.9 2 6.5 6M16 4.5a3.5 3.5 0"
    " 0 1 0 6.5M18 14.5c2 .8 3.2 2.6 3.5 5.5",
    "phone": "M8 2.5h8v19H8zM11 18.5h2",
    "card": "M3 6h18v13H3zM3 10h18M6 15h4",
    "money": "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18ZM15 9c-.5-1-1.6-1.5-3-1.5-1.8 0-3 .8-3 2.2 0 3 6 1.5 6 4.5"
    " 0 1.5-1.3 2.3-3 2.3s-2.7-.6-3.2-1.7M12 5.5v13",
    "car": "M3 16v-4l2-5h14l2 5v4zM3 12h18M7 16v2.5M17 16v2.5",
    "ship": "M3 14h18l-2.5 6h-13zM7 14V8h10v6M12 8V4",
    "plane": "M12 2.5v19M12 9 3 14M12 9l9 5M9 21.5h6",
    "pin": "M12 21.5s6.5-6.3 6.5-11.5a6.5 6.5 0 1 0-13 0c0 5.2 6.5 11.5 6.5 11.5ZM12 12.5a2.5 2.5 0 1 0 0-5"
    " 2.5 2.5 0 0 0 0 5Z",
    "paper": "M6 2.5h8l4 4v15H6zM14 2.5v4h4M9 12h6M9 16h6",
    "mail": "M3 5.5h18v13H3zM3 6.5l9 7 9-7",
    "event": "M4 5h16v15.5H4zM4 10h16M8 2.5v4M16 2.5v4",
    "gun": "M3 7h17v4h-9l-1 3H8l-1 5H3.5L5 11H3z",
    "other": "M12 3.5 20.5 12 12 20.5 3.5 12z",
    "group": "M4 4h7v7H4zM13 4h7v7h-7zM4 13h7v7H4zM13 13h7v7h-7z",
}


@dataclass(frozen=True, slots=True)
class Look:
    shape: str
    hue: str
    icon: str


_LOOKS: Mapping[str, Look] = {
    name: look
    for names, look in (
        ("Person", Look("ellipse", "blue", "person")),
        ("Company LegalEntity", Look("rectangle", "amber", "firm")),
        ("Organization", Look("rectangle", "amber", "people")),
        ("PublicBody", Look("rectangle", "grey", "firm")),
        ("PhoneNumber Device Call", Look("round", "teal", "phone")),
        ("Email UserAccount", Look("round", "teal", "mail")),
        ("BankAccount", Look("cut", "green", "card")),
        ("CryptoWallet Security", Look("cut", "green", "money")),
        ("Vehicle", Look("barrel", "violet", "car")),
        ("Vessel", Look("barrel", "violet", "ship")),
        ("Airplane", Look("barrel", "violet", "plane")),
        ("Asset", Look("barrel", "violet", "other")),
        ("Address RealEstate", Look("pentagon", "pink", "pin")),
        ("Event Trip Meeting", Look("hexagon", "red", "event")),
        ("Firearm", Look("hexagon", "red", "gun")),
        ("Passport Identification Document", Look("tag", "grey", "paper")),
        ("Notice", Look("tag", "red", "paper")),
        ("Message", Look("tag", "grey", "mail")),
        ("group", Look("round", "grey", "group")),
    )
    for name in names.split()
}
_OTHER = Look("diamond", "grey", "other")


def look_of(kind: str) -> Look:
    """How things of a kind look."""
    return _LOOKS.get(kind, _OTHER)


def outline(shape: str, x: float, y: float, size: float) -> str:
    """The path of a shape around a point; `size` is its width in user units."""
    r = size / 2
    if shape == "ellipse":
        return f"M{n(x - r)} {n(y)}a{n(r)} {n(r)} 0 1 0 {n(size)} 0a{n(r)} {n(r)} 0 1 0 {n(-size)} 0Z"
    if shape in ("round", "barrel"):
        c, bow = (r * 0.35, 0.0) if shape == "round" else (r * 0.25, r * 0.14)
        return (
            f"M{n(x - r + c)} {n(y - r)}Q{n(x)} {n(y - r - bow)} {n(x + r - c)} {n(y - r)}"
            f"Q{n(x + r)} {n(y - r)} {n(x + r)} {n(y - r + c)}V{n(y + r - c)}"
            f"Q{n(x + r)} {n(y + r)} {n(x + r - c)} {n(y + r)}"
            f"Q{n(x)} {n(y + r + bow)} {n(x - r + c)} {n(y + r)}"
            f"Q{n(x - r)} {n(y + r)} {n(x - r)} {n(y + r - c)}V{n(y - r + c)}"
            f"Q{n(x - r)} {n(y - r)} {n(x - r + c)} {n(y - r)}Z"
        )
    corners = _corners(shape, r)
    return "M" + "L".join(f"{n(x + dx)} {n(y + dy)}" for dx, dy in corners) + "Z"


def _corners(shape: str, r: float) -> list[tuple[float, float]]:
    if shape == "rectangle":
        return [(-r, -r), (r, -r), (r, r), (-r, r)]
    if shape == "cut":
        c = r * 0.5
        return [
            (-r + c, -r),
            (r - c, -r),
            (r, -r + c),
            (r, r - c),
            (r - c, r),
            (-r + c, r),
            (-r, r - c),
            (-r, c - r),
        ]
    if shape == "tag":
        return [(-r, -r), (r * 0.55, -r), (r, 0), (r * 0.55, r), (-r, r)]
    if shape == "pentagon":
        return [(r * sin(2 * pi * k / 5), -r * cos(2 * pi * k / 5)) for k in range(5)]
    if shape == "hexagon":
        return [(r * cos(pi * k / 3), r * sin(pi * k / 3)) for k in range(6)]
    return [(0, -r), (r, 0), (0, r), (-r, 0)]


def n(value: float) -> str:
    """A coordinate, to a tenth of a unit, without more signs than needed."""
    text = f"{value:.1f}"
    return "0" if text in ("-0.0", "0.0") else text.removesuffix(".0")
