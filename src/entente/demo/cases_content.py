"""The demo's case studies as their authors write them: forms of a case, its judgment, what is cited where.

Read from cases_*.toml. Dates are moved by whole years, so that every judgment is well in the past of a house
that is opened today.
"""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from importlib.resources import files
from typing import Any

from entente.demo.specimen_judgment import Judgment, acquittal
from entente.rooms.reports.cases import model as m

FILES = ("cases_goods", "cases_made", "cases_crimes")
WRITTEN_FOR = 2026
"""The year in which a house is opened whose dates need no move."""
TO_APPEAL = timedelta(days=30)
PLAIN = ("4", "7")
"""Items of the checklist that a judgment on plain counterfeiting finds."""
BUREAUS = ("XA", "XB", "XC", "XD", "XZ")


@dataclass(frozen=True, slots=True)
class Court:
    """A court of first instance, what goes beyond it, and how sure it must be."""

    name: str
    above: str
    code: str
    law: str
    standard: m.Standard
    sure: str


COMMON: tuple[m.Standard, str] = ("beyond_reasonable_doubt", "beyond reasonable doubt")
CIVIL: tuple[m.Standard, str] = ("intimate_conviction", "and is convinced of it")
COURTS: Mapping[str, Court] = {
    "XA": Court("Court of Port Arven", "Court of Appeal of Arvenia", "CPA", "Penal Code", *COMMON),
    "XB": Court("Tribunal of Belmar", "Court of Appeal of Belmark", "TBM", "Penal Code", *CIVIL),
    "XC": Court("Court of Cordava City", "Court of Appeal of Cordava", "CCC", "Penal Law", *CIVIL),
    "XD": Court("District Court of Nord-Drummen", "High Court of Drummen", "DND", "Crimes Act", *COMMON),
}
ITEMS: Mapping[str, str] = {
    "1": "The group had {persons} members, of whom {tried} stand before this court.",
    "2": "Tasks were shared out beforehand, and whoever left was replaced: it was not formed by chance.",
    "3": "It existed at least from {start} to {end}.",
    "4": "Its members acted in concert, by calls and meetings that are proven.",
    "5": "Its aim was to commit the offences of which this court convicts.",
    "6": "The law punishes them by at most {most} months of imprisonment.",
    "7": "It acted for money, of which the accounts before the court tell.",
    "8a": "Acts were committed in more than one State: {countries}.",
}
COUNTRIES = {"xa": "Arvenia", "xb": "Belmark", "xc": "Cordava", "xd": "Drummen"}
Said = Mapping[str, Any]


@dataclass(frozen=True)
class Content:
    """A case as cases_*.toml tells it; `years`: by how many its dates are moved."""

    said: Said
    years: int

    @property
    def owner(self) -> str:
        return str(self.said["owner"])

    @property
    def reviewer(self) -> str:
        return str(self.said["reviewer"])

    @property
    def court(self) -> Court:
        return COURTS[self.owner]

    @property
    def plain(self) -> bool:
        """Convicted of plain counterfeiting: nothing is found of a group."""
        return bool(self.said.get("plain"))

    @property
    def tried(self) -> list[Said]:
        return [one for one in self.said["parties"] if "months" in one]

    @property
    def pdf(self) -> bool:
        """Whether its judgment is kept as PDF, else as text."""
        return bool(self.said.get("pdf"))

    def day(self, name: str) -> str:
        """A day of the file, moved; "" where the file has none."""
        written = str(self.said.get(name, ""))
        return f"{int(written[:4]) + self.years}{written[4:]}" if written else ""

    def after(self, name: str, by: timedelta) -> str:
        """A day of the file, moved and so much later."""
        return (date.fromisoformat(self.day(name)) + by).isoformat()

    @cached_property
    def form(self) -> m.CaseForm:
        """The file of the case, which all bureaus of the story read."""
        said = self.said
        quantities = [
            dict(zip(("what", "amount", "unit", "source"), q, strict=True)) for q in said["quantities"]
        ]
        named = said.get("named", "initials")
        why = "The judgment forbids the names of those who suffered, and whoever is tried leads to them."
        return m.CaseForm.model_validate(
            {name: said[name] for name in ("title", "chapter", "countries", "summary", "modus", "goods")}
            | {
                name: said[name]
                for name in ("crimes", "places", "detection", "discovered", "worked", "lessons")
            }
            | {
                "period_from": self.day("from"),
                "period_to": self.day("to"),
                "first_seizure": self.day("seized"),
            }
            | {"personal_data": named, "personal_data_why": why if named == "none" else ""}
            | {"quantities": quantities, "languages": ["eng"]}
            | {"see": [code for code in BUREAUS if code != self.owner]}
        )

    @property
    def charge(self) -> str:
        return (
            "counterfeiting" if self.plain else "participation in an organised criminal group, and its crimes"
        )

    @property
    def statute(self) -> str:
        return f"{self.court.law}, section {63 if self.plain else 141}"

    @property
    def most(self) -> int:
        """The highest penalty, in months."""
        return int(self.said.get("most", max(120, *(one["months"] for one in self.tried))))

    @cached_property
    def judgment(self) -> Judgment:
        return Judgment(
            self.court.name,
            self.reference(),
            date.fromisoformat(self.day("judged")),
            f"Judgment on {self.charge}",
            tuple(self._paragraphs()),
        )

    def reference(self, stage: str = "") -> str:
        """Neutral citation: one number a case, as its year and day give it."""
        day = self.day(stage or "judged")
        court = self.court.code + ("A" if stage else "")
        return f"ECLI:{self.owner}:{court}:{day[:4]}:{int(day[5:7]) * 31 + int(day[8:])}"

    @property
    def checks(self) -> list[m.Item]:
        """Items of the checklist that the judgment finds."""
        found: list[m.Item] = ["1", "2", "3", "4", "5", "6", "7", "8a"]
        return [one for one in found if one in PLAIN] if self.plain else found

    @property
    def first_link(self) -> int:
        """Number of the paragraph that speaks of the first link."""
        return 5

    @property
    def first_item(self) -> int:
        return self.first_link + len(self.proven)

    @property
    def proven(self) -> list[Said]:
        """Links of which the judgment speaks."""
        return [one for one in self.said["links"] if not one.get("press")]

    def _paragraphs(self) -> Iterator[str]:
        names = ", ".join(one["name"] for one in self.tried)
        yield f"Before the court stand {names}, charged with {self.charge} ({self.statute})."
        yield self.form.summary
        yield self.form.modus
        yield self.form.discovered
        for one in self.proven:
            yield f"{one['text']} The court finds this {self.court.sure}."
        facts = {
            "persons": len(self.tried) + 4,
            "tried": len(self.tried),
            "start": self.day("from"),
            "end": self.day("to"),
            "most": self.most,
            "countries": ", ".join(COUNTRIES[code] for code in self.form.countries),
        }
        for item in self.checks:
            yield ITEMS[item].format_map(facts)
        for one in self.tried:
            yield f"{one['name']} is guilty, and is sentenced to {one['months']} months of imprisonment."
        yield "An appeal may be filed within thirty days."

    # --- what the author adds, part by part ----------------------------------------------------------------

    def proceedings(self) -> Iterator[m.ProceedingForm]:
        """The judgment, and what the court above said of it."""
        first = {
            "court": self.court.name,
            "country": self.owner.lower(),
            "stage": "first_instance",
            "reference": self.reference(),
            "date": self.day("judged"),
            "outcomes": list(self._outcomes(self.said.get("verdict", "guilty"))),
            "standard": self.court.standard,
            "appeal_deadline": self.after("judged", TO_APPEAL),
            "appeal_filed": self.day("open_appeal"),
        }
        if "appeal" not in self.said:
            yield m.ProceedingForm.model_validate(first)
            return
        first["appeal_filed"] = self.after("judged", timedelta(days=9))
        yield m.ProceedingForm.model_validate(first)
        yield m.ProceedingForm.model_validate(
            {
                "court": self.court.above,
                "country": self.owner.lower(),
                "stage": "appeal",
                "reference": self.reference("appeal"),
                "date": self.day("appeal"),
                "outcomes": list(self._outcomes("upheld")),
                "standard": self.court.standard,
                "appeal_deadline": self.after("appeal", TO_APPEAL),
                "follows": 1,
            }
        )

    def _outcomes(self, verdict: str) -> Iterator[Said]:
        for one in self.tried:
            told = {"defendant": one["name"], "charge": self.charge, "verdict": verdict}
            if verdict != "upheld":
                told |= {"statute": self.statute, "max_penalty_months": self.most}
                told |= {"sentence_months": one["months"]}
            yield told

    @property
    def final(self) -> tuple[int, str] | None:
        """(number of the last proceeding, since when it is final); None while an appeal is open."""
        if "open_appeal" in self.said:
            return None
        number, stage = (2, "appeal") if "appeal" in self.said else (1, "judged")
        return number, self.after(stage, TO_APPEAL + timedelta(days=1))

    def evidence(self) -> Iterator[m.EvidenceForm]:
        """The judgment, cited once for each link and once for what it finds of the group."""
        for n, one in enumerate(self.proven):
            yield self._cited(self.first_link + n, quote=one["text"] if one.get("quote") else "")
        yield self._cited(self.first_item, last=self.first_item + len(self.checks) - 1)
        if any(one.get("press") for one in self.said["links"]):
            yield m.EvidenceForm(
                kind="press",
                title="Who paid for the attack on the road to the north?",
                authority="The Cordava Courier",
                date=self.day("seized"),
                language="eng",
                pinpoint="para 3",
                scheme="4x4",
                grade="C3",
            )

    def _cited(self, first: int, last: int = 0, quote: str = "") -> m.EvidenceForm:
        where = f"para {first}" if not last else f"paras {first}-{last}"
        if self.pdf:
            pages = self.judgment.pages()
            to = pages[(last or first) - 1]
            where = f"p. {to}, {where}" if pages[first - 1] == to else f"pp. {pages[first - 1]}-{to}, {where}"
        return m.EvidenceForm(
            kind="judgment",
            title=self.judgment.title,
            authority=self.court.name,
            date=self.day("judged"),
            language="eng",
            proceeding=1,
            pinpoint=where,
            quote=quote,
        )

    def file(self, form: m.EvidenceForm) -> bytes:
        """What is kept of a piece of evidence."""
        if form.kind == "press":
            return press()
        return self._pdf if self.pdf else self.judgment.text()

    @cached_property
    def _pdf(self) -> bytes:
        return self.judgment.pdf()

    def claims(self) -> Iterator[m.ClaimForm]:
        """The links, each with the evidence that `evidence` gave for it."""
        numbers = iter(range(1, len(self.said["links"]) + 2))
        for one in self.said["links"]:
            number = len(self.proven) + 2 if one.get("press") else next(numbers)
            yield m.ClaimForm(
                subject_party=one.get("by", 1),
                link_type=one["link"],
                object_crime=one["crime"],
                text=one["text"],
                countries=self.form.countries,
                evidence=[number],
            )


def contents(today: date) -> list[Content]:
    """All case studies, in the order of their chapters."""
    years = today.year - WRITTEN_FOR
    read = [_read(name)["case"] for name in FILES]
    return [Content(said, years) for several in read for said in several]


def book() -> Said:
    """Title, foreword and overviews of the casebook."""
    return _read("cases_book")


def retrial(today: date) -> Judgment:
    """The judgment by which the reader takes the case of the pesticide out of the casebook."""
    harvest = next(one for one in contents(today) if "appeal" in one.said)
    day = today - timedelta(days=2)
    names = [one["name"] for one in harvest.tried]
    reference = f"ECLI:XA:SCA:{day.year}:7"
    return acquittal("Supreme Court of Arvenia, new trial", reference, day, names, harvest.reference())


def press() -> bytes:
    """An article, which lifts no claim."""
    told = (
        "The Cordava Courier. Who paid for the attack on the road to the north?",
        "1. Charcoal sellers speak of a toll of one sack in twelve.",
        "2. Nobody whom this paper asked would give his name.",
        "3. A driver says that the toll paid for the attack. No court has heard him.",
    )
    return ("\n\n".join(told) + "\n").encode()


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads((files("entente.demo") / f"{name}.toml").read_text("utf-8"))
