"""What a VICS document is made of: what it says of itself, its cases, its entries.

VICS (Project VIC) is JSON in the OData manner. A 2.0 document is a list of cases or a hash set, and its
context names the profile that gives category numbers a meaning; 1.3 and 1.2 are lists of media without a
profile.
"""

import re
from dataclasses import dataclass, field
from typing import Any, Literal

from entente.rooms.series.media_model import Media

CONTEXTS = ("@odata.context", "odata.context", "odata.metadata", "@odata.metadata")
NO_PROFILE = ("", "Default", "CUSTOM")
"""Profiles that give a category number no meaning."""

_NOTES = 100
_CONTEXT = re.compile(
    r"DataModels/(?P<version>\d{1,3}\.\d{1,3})(?:\.xml)?(?:/(?P<profile>[^/$#]{1,60}))?(?:/?\$metadata)?#(?P<kind>\w{1,40})",
    re.IGNORECASE,
)

Kind = Literal["cases", "hash set"]


@dataclass(slots=True)
class Case:
    """A case of a document: its fields before and after its list of media, as they came.

    `listed`: it has such a list at all.
    """

    before: dict[str, Any] = field(default_factory=dict)
    after: dict[str, Any] = field(default_factory=dict)
    listed: bool = True

    @property
    def fields(self) -> dict[str, Any]:
        return self.before | self.after


@dataclass(slots=True)
class Head:
    """What a document says of itself, filled while it is read; unknown keys stay in `before` and `after`.

    `scheme` and `edition` give its category numbers a meaning; empty when nobody named one. `notes`: what is
    wrong with the document as a whole.
    """

    kind: Kind = "hash set"
    version: str = ""
    profile: str = ""
    scheme: str = ""
    edition: str = ""
    before: dict[str, Any] = field(default_factory=dict)
    after: dict[str, Any] = field(default_factory=dict)
    cases: list[Case] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    @property
    def name(self) -> str:
        """The model it follows: `2.0 US`, `1.3`. Numbers without a scheme mean something in it alone."""
        return f"{self.version} {self.profile}".strip()

    def note(self, what: str) -> None:
        if what not in self.notes and len(self.notes) < _NOTES:
            self.notes.append(what)

    def understand(self, context: str) -> None:
        """Take version, profile and kind from a context."""
        told = _CONTEXT.search(context)
        if not told:
            self.note("the context names no version of VICS")
            return
        self.version, self.profile = told["version"], told["profile"] or ""
        self.kind = "cases" if told["kind"].lower() == "cases" else "hash set"
        if self.profile not in NO_PROFILE:
            if self.scheme not in ("", self.profile):
                self.note(f"categories are of {self.profile}, as the document says, and not {self.scheme}")
            self.scheme, self.edition = self.profile, self.version


def new_head(
    kind: Kind, version: str = "2.0", profile: str = "Default", cases: tuple[dict[str, Any], ...] = ({},)
) -> Head:
    """The head of a document that is written here. ValueError for a version that is not written.

    `cases`: their fields (CaseID, CaseNumber, ContactName, …), where the kind is cases.
    """
    fragment = "Cases" if kind == "cases" else "Media"
    if version == "2.0":
        place = CONTEXTS[0]
        context = f"http://github.com/VICSDATAMODEL/ProjectVic/DataModels/2.0.xml/{profile}/$metadata"
    elif version == "1.3":
        place, context, profile = CONTEXTS[2], "http://github.com/ICMEC/ProjectVic/DataModels/1.3.xml", ""
    else:
        raise ValueError(f"VICS {version} is not written; 2.0 and 1.3 are")
    known = profile not in NO_PROFILE
    return Head(
        kind=kind,
        version=version,
        profile=profile,
        scheme=profile if known else "",
        edition=version if known else "",
        before={place: f"{context}#{fragment}"},
        cases=[Case(dict(fields)) for fields in cases] if kind == "cases" else [],
    )


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry as read: its number in the document from 1, what is taken of it, what was wrong in it.

    `case`: the place of its case in `Head.cases`; 0 in a hash set.
    """

    number: int
    media: Media
    case: int = 0
    faults: tuple[str, ...] = ()
