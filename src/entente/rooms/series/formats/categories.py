"""Schemes of categories: a number means something in its scheme and edition alone, and is mapped, never
guessed.
"""

import json
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from entente.core.problems import Fault, Faulty
from entente.rooms.series.hidden_pictures import why_left_out

COMMON = ("csam", "exploitative", "generated", "comparison", "non-pertinent", "uncategorised")
"""The common scheme, from the gravest to the least; categories.toml says what each is."""
UNMAPPED = "unmapped"
MOST_CODES = 100
MOST_LABEL = 200
MOST_CODE = 40
_KEYS = {"label", "common", "baseline"}


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a code is: its label, its place in the common scheme, whether it is Baseline material."""

    label: str
    common: str
    baseline: bool = False


@dataclass(frozen=True, slots=True)
class Scheme:
    """Categories in one edition. Another edition is another scheme: what was judged by the old stays so."""

    name: str
    edition: str
    codes: Mapping[str, Meaning]
    source: str = ""


@cache
def built_in() -> tuple[Scheme, ...]:
    """The schemes that come with the house, from categories.toml."""
    said = tomllib.loads(files("entente.rooms.series.formats").joinpath("categories.toml").read_text("utf-8"))
    return tuple(
        Scheme(one["name"], one["edition"], _meanings(one["codes"]), one["source"]) for one in said["scheme"]
    )


def scheme_of(profile: str, edition: str = "2.0", own: Iterable[Scheme] = ()) -> Scheme | None:
    """The scheme that a profile of VICS names; None when its numbers have no meaning here (Default, CUSTOM,
    …).

    A bureau's own scheme never takes the place of one that comes with the house.
    """
    wanted = (profile.casefold(), edition.casefold())
    for one in (*built_in(), *own):
        if (one.name.casefold(), one.edition.casefold()) == wanted:
            return one
    return None


def scheme_and_edition(text: str) -> tuple[str, str]:
    """Name and edition of a scheme written as one: `US 2.0`; the edition may be missing."""
    name, _, edition = text.rpartition(" ")
    return (name, edition) if name else (text, "")


def common(scheme: str, edition: str, code: str, own: Iterable[Scheme] = ()) -> str:
    """What a code is in the common scheme: one of COMMON, UNMAPPED for what nobody explained, empty for no
    code.
    """
    if not (code := code.strip()):
        return ""
    found = scheme_of(scheme, edition, own)
    meaning = found.codes.get(code) if found else None
    return meaning.common if meaning else UNMAPPED


def scheme_from(name: str, edition: str, content: str | Mapping[str, Any]) -> Scheme:
    """A bureau's own scheme from its JSON or the same as a dictionary: code → {label, common[, baseline]}.

    Raises Faulty with every fault at once.
    """
    faults = [
        Fault(where, f"{said!r:.60} is not a {where}", "Give 1 to 60 characters.")
        for where, said in (("name", name), ("edition", edition))
        if not 0 < len(said.strip()) <= 60
    ]
    if scheme_of(name.strip(), edition.strip()):
        faults.append(
            Fault("name", f"{name} {edition} comes with the house", "Give yours a name of its own.")
        )
    codes: Any = content
    if isinstance(content, str):
        try:
            codes = json.loads(content)
        except ValueError:
            codes = None
        except RecursionError:
            codes = None
    if not isinstance(codes, Mapping) or not 0 < len(codes) <= MOST_CODES:
        what = f"The categories are no object of 1 to {MOST_CODES} codes"
        faults.append(Fault("categories", what, 'Write {"1": {"label": "…", "common": "csam"}, …}.'))
        codes = {}
    for code, said in codes.items():
        faults += _faults_of(str(code), said)
    if faults:
        raise Faulty(faults=tuple(faults))
    return Scheme(name.strip(), edition.strip(), _meanings(codes))


def _meanings(codes: Mapping[str, Any]) -> dict[str, Meaning]:
    return {
        str(code).strip(): Meaning(
            said["label"].strip(), said["common"], _is_true(said.get("baseline", False))
        )
        for code, said in codes.items()
    }


def _faults_of(code: str, said: Any) -> list[Fault]:
    """Every fault of one code."""
    where = f"categories/{code[:MOST_CODE]}"
    faults = []
    if not 0 < len(code.strip()) <= MOST_CODE or code != code.strip():
        faults.append(Fault(where, f"The code has not 1 to {MOST_CODE} characters without blanks around it"))
    if not isinstance(said, Mapping):
        return [*faults, Fault(where, "It is no object", 'Write {"label": "…", "common": "csam"}.')]
    label = said.get("label")
    if not isinstance(label, str) or not 0 < len(label.strip()) <= MOST_LABEL or why_left_out(label):
        faults.append(Fault(f"{where}/label", f"It has no label of 1 to {MOST_LABEL} characters"))
    if said.get("common") not in COMMON:
        told = f"{said.get('common')!r:.60} is not in the common scheme"
        faults.append(Fault(f"{where}/common", told, f"Use one of: {', '.join(COMMON)}."))
    if said.get("baseline", False) not in (True, False, "true", "false"):
        faults.append(Fault(f"{where}/baseline", "It is neither true nor false"))
    if unknown := sorted(str(key)[:40] for key in said if key not in _KEYS):
        faults.append(Fault(where, f"Unknown words: {', '.join(unknown)}", "Use label, common and baseline."))
    return faults


def _is_true(said: Any) -> bool:
    return said in (True, "true")
