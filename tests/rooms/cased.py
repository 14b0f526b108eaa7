"""A short way to say what officers do with case studies, and one whole case. Nobody in it exists."""

from hashlib import sha256
from typing import Any

from rooms.scene import Scene
from worlds.stage import Answer

AUTHOR, SECOND = "XA officer", "XA supervisor"
REVIEWER = "XB officer"
JUDGMENT = b"Court of Norport. 45. The group laundered what the goods earned.\n"
"""The file of the judgment that `evidence` cites."""
DIGEST = sha256(JUDGMENT).hexdigest()
BEFORE = "beyond_reasonable_doubt"


def file(**said: Any) -> dict[str, Any]:
    """A case that may be reviewed."""
    whole: dict[str, Any] = {
        "title": "The Harvest That Never Grew",
        "chapter": "mass-production",
        "countries": ["xa", "xb", "xc"],
        "period_from": "2023-02-01",
        "period_to": "2024-06-30",
        "summary": "Counterfeit pesticide was filled in XA, moved through XB and sold in XC.",
        "modus": "Labels were printed apart from the goods.",
        "goods": ["agro.pesticide"],
        "crimes": ["fraud", "money_laundering"],
        "places": ["Norport"],
        "quantities": [{"what": "pesticide", "amount": "1200", "unit": "KGM", "source": "seizure report"}],
        "detection": "risk_profile",
        "first_seizure": "2023-06-01",
        "personal_data": "initials",
    }
    return {**whole, **said}


def claim(**said: Any) -> dict[str, Any]:
    whole: dict[str, Any] = {
        "subject_party": 1,
        "link_type": "launders_for",
        "object_crime": "money_laundering",
        "text": "The group laundered what the goods earned.",
        "evidence": [1],
    }
    return {**whole, **said}


def evidence(**said: Any) -> dict[str, Any]:
    whole: dict[str, Any] = {
        "kind": "judgment",
        "title": "Judgment of the Court of Norport",
        "authority": "Court of Norport",
        "date": "2025-03-01",
        "language": "eng",
        "sha256": DIGEST,
        "pages": 40,
        "proceeding": 1,
        "pinpoint": "p. 12, para 45",
    }
    return {**whole, **said}


def outcome(name: str, **said: Any) -> dict[str, Any]:
    whole: dict[str, Any] = {
        "defendant": name,
        "charge": "organised fraud",
        "statute": "Penal Code of XA, section 263",
        "max_penalty_months": 120,
        "verdict": "guilty",
        "sentence_months": 48,
    }
    return {**whole, **said}


def proceeding(**said: Any) -> dict[str, Any]:
    whole: dict[str, Any] = {
        "court": "Court of Norport",
        "country": "xa",
        "stage": "first_instance",
        "reference": "ECLI:XA:NP:2025:17",
        "date": "2025-03-01",
        "outcomes": [outcome("Ivo Marenko"), outcome("Sela Dorn"), outcome("Tam Orrel")],
        "standard": BEFORE,
        "appeal_deadline": "2025-04-01",
    }
    return {**whole, **said}


class Desk:
    """Acts on cases; `done` insists that it was well."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene

    def act(self, who: str, method: str, case: dict[str, Any], rest: str = "", /, **said: Any) -> Answer:
        """With the version that `case` says, unless another one is given."""
        version = said.pop("version", case["version"])
        path = f"/cases/{case['id']}{rest}"
        if method == "DELETE":
            return self.scene(who, method, f"{path}?version={version}")
        return self.scene(who, method, path, json={"version": version, **said})

    def done(
        self, who: str, method: str, case: dict[str, Any], rest: str = "", /, **said: Any
    ) -> dict[str, Any]:
        answer = self.act(who, method, case, rest, **said)
        assert answer.status in (200, 201), answer.text
        kept: dict[str, Any] = answer.json.get("case") if "number" in answer.json else answer.json
        return kept

    def proposed(self, who: str = AUTHOR, **said: Any) -> dict[str, Any]:
        answer = self.scene(who, "POST", "/cases", json=file(**said))
        assert answer.status == 201, answer.text
        kept: dict[str, Any] = answer.json
        return kept

    def step(self, who: str, case: dict[str, Any], name: str, **said: Any) -> dict[str, Any]:
        return self.done(who, "POST", case, "/steps", step=name, **said)

    def add(self, who: str, case: dict[str, Any], part: str, form: dict[str, Any]) -> dict[str, Any]:
        one = {"parties": "party", "claims": "claim", "evidence": "evidence", "proceedings": "proceeding"}[
            part
        ]
        return self.done(who, "POST", case, f"/{part}", **{one: form})

    def opened(self, who: str, case: dict[str, Any]) -> dict[str, Any]:
        answer = self.scene(who, "GET", f"/cases/{case['id']}")
        assert answer.status == 200, answer.text
        kept: dict[str, Any] = answer.json
        return kept

    def drafted(self, who: str = AUTHOR, final: bool = True, **said: Any) -> dict[str, Any]:
        """A case with a group, a judgment, a claim and the whole checklist; its judgment is final."""
        case = self.step(who, self.proposed(who, **said), "take_up")
        case = self.add(
            who, case, "parties", {"name": "The Norport group", "sort": "group", "roles": ["producer"]}
        )
        case = self.add(who, case, "proceedings", proceeding())
        case = self.attached(who, self.add(who, case, "evidence", evidence()))
        case = self.add(who, case, "claims", claim())
        for item in ("1", "2", "3", "4", "5", "6", "7", "8a"):
            case = self.ticked(who, case, item)
        return self.finally_(who, case) if final else case

    def attached(self, who: str, case: dict[str, Any], number: int = 1) -> dict[str, Any]:
        """With the judgment kept as the file of a piece of evidence."""
        path = f"/cases/{case['id']}/evidence/{number}/file?version={case['version']}"
        answer = self.scene(who, "PUT", path, raw=JUDGMENT)
        assert answer.status == 200, answer.text
        return dict(answer.json)

    def ticked(self, who: str, case: dict[str, Any], item: str, **said: Any) -> dict[str, Any]:
        check = {"answer": "met", "evidence": [1], **said}
        return self.done(who, "PUT", case, f"/checklist/{item}", check=check)

    def finally_(
        self, who: str, case: dict[str, Any], number: int = 1, on: str = "2025-04-02", **said: Any
    ) -> dict[str, Any]:
        return self.done(who, "POST", case, f"/proceedings/{number}/final", final_on=on, **said)

    def sent(self, who: str = AUTHOR, to: str = "XB", **said: Any) -> dict[str, Any]:
        case = self.step(who, self.drafted(who, **said), "complete")
        return self.step(who, case, "send", reviewer=to)

    def decided(self, who: str, case: dict[str, Any], decision: str = "accept", text: str = "") -> Answer:
        said = [
            {"claim": one["number"], "decision": decision, "text": text}
            for one in case["claims"]
            if not one["draft"]
        ]
        return self.act(who, "POST", case, "/review", decisions=said)

    def accepted(self, who: str = AUTHOR, to: str = "XB", **said: Any) -> dict[str, Any]:
        """Reviewed and accepted by the officer of another country's bureau; as its own author sees it."""
        case = self.sent(who, to, **said)
        answer = self.decided(f"{to} officer", case)
        assert answer.status == 200, answer.text
        return self.opened(who, case)


def level(case: dict[str, Any], number: int = 1) -> str:
    """How far a claim is proven."""
    found: str = next(one["proof"]["level"] for one in case["claims"] if one["number"] == number)
    return found


def reasons(case: dict[str, Any]) -> set[str]:
    """Why it is not admitted."""
    return {one["code"] for one in case["reasons"]}
