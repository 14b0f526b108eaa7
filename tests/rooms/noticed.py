"""A short way to say what officers do with notices, and one whole notice of each colour."""

from typing import Any

from entente.desk import HOUSE_ASKER, sit
from entente.rooms.bureaus import by_code
from rooms.scene import IVO, Scene
from worlds.stage import Answer

DRAFTER, SECOND, REVIEWER = "XA contributor", "XA supervisor", "XZ chief"
READER = "XB officer"
FIELDS: dict[str, dict[str, str]] = {
    "red": {
        "facts": "He forged 40 passports and sold them.",
        "place": "Norport",
        "date": "2025-03-05",
        "charge": "Forgery of documents",
        "law": "Criminal Code, section 12",
        "maximum": "8",
        "warrant": "W-17/2025",
        "warrantDate": "2025-06-01",
        "authority": "Court of Norport",
    },
    "blue": {"status": "suspect", "case": "C-4/2025"},
    "green": {"assessment": "High risk", "grounds": "Three convictions", "authority": "Police of XA"},
    "yellow": {"report": "M-9", "reportDate": "2025-12-01"},
    "black": {"dna": "DNA-7", "place": "Beach of Norport", "date": "2025-12"},
    "purple": {"modus": "Money is hidden in tyres."},
    "orange": {"threat": "A parcel that may explode"},
    "silver": {"offence": "Fraud", "case": "C-5/2025"},
    "un": {"listing": "QDi.999"},
}
SUBJECTS: dict[str, dict[str, Any] | None] = {
    "black": {"kind": "Person", "properties": {"name": ["Body 2025-12"]}},
    "purple": None,
    "orange": {"kind": "Event", "properties": {"name": ["Fair of Norport"]}},
    "silver": {"kind": "BankAccount", "properties": {"accountNumber": ["4417093001"], "name": ["Account M"]}},
}
ATTEST = {
    "red": ["neutral", "ordinary", "extradition"],
    "green": ["neutral", "assessed"],
    "un": ["neutral", "listed"],
}


def form(colour: str = "red", **said: Any) -> dict[str, Any]:
    """A whole notice of a colour, to all."""
    whole = {
        "colour": colour,
        "reach": "all",
        "fields": FIELDS[colour],
        "attest": ATTEST.get(colour, ["neutral"]),
        "subject": SUBJECTS.get(colour, {"kind": "Person", "properties": IVO}),
    }
    return {**whole, **said}


class Office:
    """Acts on notices; each returns the answer, and `done` insists that it was well."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene

    def act(self, who: str, notice: dict[str, Any], what: str, **said: Any) -> Answer:
        version = said.pop("version", None) or notice["version"]
        return self.scene(who, "POST", f"/notices/{notice['id']}/{what}", json={"version": version, **said})

    def done(self, who: str, notice: dict[str, Any], what: str, **said: Any) -> dict[str, Any]:
        answer = self.act(who, notice, what, **said)
        assert answer.status == 200, answer.text
        kept: dict[str, Any] = answer.json
        return kept

    def draft(self, who: str = DRAFTER, colour: str = "red", **said: Any) -> dict[str, Any]:
        answer = self.scene(who, "POST", "/notices", json=form(colour, **said))
        assert answer.status == 201, answer.text
        kept: dict[str, Any] = answer.json
        return kept

    def checked(self, **said: Any) -> dict[str, Any]:
        notice = self.done(DRAFTER, self.draft(**said), "submit")
        return self.done(SECOND, notice, "check", approve=True)

    def sent(self, **said: Any) -> dict[str, Any]:
        return self.done(DRAFTER, self.checked(**said), "send")

    def published(self, **said: Any) -> dict[str, Any]:
        return self.let_out(self.sent(**said))

    def let_out(self, notice: dict[str, Any], **said: Any) -> dict[str, Any]:
        """The reviewer answers every flag and publishes."""
        seen = self.open(REVIEWER, notice["id"]).json
        answers = {f["id"]: "Looked at; it is no obstacle." for f in seen["flags"]}
        return self.done(REVIEWER, seen, "review", decision="publish", answers=answers, **said)

    def open(self, who: str, id: str, purpose: str = "wanted") -> Answer:
        return self.scene(who, "GET", f"/notices/{id}", purpose=purpose)

    def listed(self, who: str, which: str = "published", **filters: str) -> list[str]:
        query = "&".join(f"{k}={v}" for k, v in {"which": which, **filters}.items())
        answer = self.scene(who, "GET", f"/notices?{query}")
        assert answer.status == 200, answer.text
        return [row["id"] for row in answer.json]

    def told(self, bureau: str) -> list[str]:
        """What a bureau was alerted of and has not taken note of, newest first."""
        house = self.scene.ask.__self__.app.state.house  # type: ignore[attr-defined]
        with sit(house, HOUSE_ASKER) as desk:
            desk.note("see", what="alerts")
            number = by_code(desk)[bureau].number
            return [t.first("what") for _, t in desk.inspect_all([f"alerts-new:{number}"])]

    def alerts(self, bureau: str) -> list[tuple[str, str, str]]:
        """(what, notice, record) of what a bureau was told of notices that came out."""
        house = self.scene.ask.__self__.app.state.house  # type: ignore[attr-defined]
        with sit(house, HOUSE_ASKER) as desk:
            desk.note("see", what="alerts")
            found = [t for _, t in desk.inspect_all([f"alerts-new:{by_code(desk)[bureau].number}"])]
        wanted = [t for t in found if t.first("what") in ("notice", "screening", "screening-owner")]
        return sorted((t.first("what"), t.first("object"), t.first("second")) for t in wanted)
