"""A link that a case asserts, and the evidence it rests on."""

import re
from dataclasses import dataclass

from entente.core.problems import Fault

KINDS = (
    "judgment", "intercept_in_judgment", "decision", "indictment", "seizure_record", "lab_report",
    "statement", "financial_record", "company_register", "press", "academic",
)  # fmt: skip
JUDGMENTS = frozenset({"judgment", "intercept_in_judgment"})
"""What can lift a claim to a conviction. `decision` is an administrative or civil one: PA at most."""

POLARITIES = ("supports", "contradicts")
LINK_TYPES = (
    "manufactures", "distributes", "finances", "launders_for", "supplies_precursor", "shares_route_with",
    "shares_facility_with", "shares_member_with", "invests_profit_in", "corrupts", "uses_violence",
    "forced_labour_in", "trades_for", "terrorism_finance", "cyber_enables", "documents_by", "protects",
    "controls_market",
)  # fmt: skip
MOST_WORDS = 50
"""Words of a quote."""

_DIGEST = re.compile(r"[0-9a-f]{64}")
_PAGES = re.compile(r"(?:\bpp?\.?|\bpages?\b|\bs\.)\s*(\d{1,6})(?:\s*(?:-|–|to)\s*(\d{1,6}))?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Evidence:
    """One piece. `proceeding` is the number of the proceeding whose document it is; `defendant` and `charge`
    say which outcome of it bears on the claim, where the judgment convicts of one thing and clears another.

    `hash` is the SHA-256 of the stored file in hex, by whoever stores it; `cited` is one that somebody wrote
    without the file, which proves nothing. `pages` is how many it has (0 unknown), `has_text` False for a
    scan. `grade` is kept as it came, in its `scheme` (see `grades`).
    """

    id: str
    kind: str = "statement"
    proceeding: int | None = None
    pinpoint: str = ""
    hash: str = ""
    quote: str = ""
    language: str = ""
    grade: str = ""
    scheme: str = ""
    has_text: bool = True
    pages: int = 0
    defendant: str = ""
    charge: str = ""
    cited: str = ""


@dataclass(frozen=True, slots=True)
class Claim:
    """Subject, link, object. `resolution` says in words how a contradiction with another claim is settled.

    `persons` are those of subject and object who are natural persons: of each, a court must have spoken.
    """

    subject: str
    link_type: str
    object: str
    polarity: str = "supports"
    evidence: tuple[str, ...] = ()
    grade: str = ""
    scheme: str = ""
    id: str = ""
    resolution: str = ""
    persons: tuple[str, ...] = ()


def stored(evidence: Evidence) -> bool:
    """Whether there is a file with a SHA-256 digest."""
    return _DIGEST.fullmatch(evidence.hash) is not None


def pages_of(pinpoint: str) -> tuple[int, ...]:
    """The pages a pinpoint names ("p. 12", "pages 3-5": first and last); paragraphs cannot be checked."""
    return tuple([int(n) for found in _PAGES.finditer(pinpoint) for n in found.groups() if n])


def inside(evidence: Evidence) -> bool:
    """Whether every page that the pinpoint names is a page of the document, as far as both are known."""
    most = evidence.pages or max(pages_of(evidence.pinpoint), default=0)
    return all(1 <= page <= most for page in pages_of(evidence.pinpoint))


def evidence_faults(evidence: Evidence, where: str = "") -> list[Fault]:
    """Everything wrong in one piece of evidence; `where` goes before the field."""
    found: list[Fault] = []
    if evidence.kind not in KINDS:
        found.append(
            Fault(f"{where}/kind", "is no kind of evidence", "Take one of: " + ", ".join(KINDS) + ".")
        )
    if any(said and not _DIGEST.fullmatch(said) for said in (evidence.hash, evidence.cited)):
        found.append(Fault(f"{where}/hash", "is no SHA-256 digest", "Write 64 hexadecimal digits."))
    if not inside(evidence):
        found.append(
            Fault(f"{where}/pinpoint", "lies outside the document", f"It has {evidence.pages} pages.")
        )
    if len(evidence.quote.split()) > MOST_WORDS:
        found.append(Fault(f"{where}/quote", "is longer than 50 words", "Quote what carries the claim."))
    return found
