"""Everything that a zone and a page say against what is known of genuine papers, what matters most first.

A finding has a stable mark; the room words it. "Wrong" is what no genuine, valid paper has; "doubt" what one
may have, or what hangs on how well the paper was read; "ok" what was looked at and found right.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from entente.match.documents import periods
from entente.match.documents.centuries import Dated
from entente.match.documents.codes import code
from entente.match.documents.deviations import Defect, known
from entente.match.documents.patterns import Fit, Pattern, fits, other_readings
from entente.match.documents.printed import Compared, Printed, compare
from entente.match.documents.rules import CODES_OF_CATEGORY, NOTHING_KNOWN, Rules
from entente.match.documents.zone import Remark, Told
from entente.match.mrz import check_digit

Tone = Literal["wrong", "doubt", "ok"]
Values = Mapping[str, str | int]

MARKS: Mapping[str, Tone] = {
    # How the paper says it, whoever issued it.
    "no_zone": "doubt",
    "check_digit": "wrong",
    "code_digits": "wrong",
    "name_digits": "wrong",
    "page_different": "wrong",
    "date_month": "wrong",
    "date_day": "wrong",
    "date_leap": "wrong",
    # What the version's genuine papers never have.
    "other_issuer": "wrong",
    "other_category": "wrong",
    "other_form": "wrong",
    "pattern_misfit": "wrong",
    "pattern_check": "wrong",
    "issued_before_version": "wrong",
    "expired_before_version": "wrong",
    # Time.
    "expiry_before_issue": "wrong",
    "born_after_issue": "wrong",
    "born_after_expiry": "wrong",
    "not_yet_valid": "wrong",
    "expired": "wrong",
    "validity_too_long": "wrong",
    "code_unknown": "wrong",
    # What a genuine paper may have.
    "known_deviation": "doubt",
    "pattern_other_reading": "doubt",
    "pattern_time": "doubt",
    "validity_long": "doubt",
    "issued_after_version": "doubt",
    "expiry_after_version": "doubt",
    "page_doubtful": "doubt",
    "page_spaced": "doubt",
    "code_withdrawn": "doubt",
    "code_specimen": "doubt",
    "document_code": "doubt",
    "date_unreadable": "doubt",
    "name_empty": "doubt",
    "name_fillers": "doubt",
    "sex": "doubt",
    # How well it was read.
    "length": "doubt",
    "character": "doubt",
    "page_unread": "doubt",
    "issue_unread": "doubt",
    # Looked at and found right.
    "check_digits_agree": "ok",
    "pattern_fits": "ok",
    "number_two_readings": "ok",
    "valid": "ok",
    "date_unknown": "ok",
    "page_same": "ok",
    "page_allowed": "ok",
    "page_truncated": "ok",
}
"""Every mark with its tone, in the order in which findings of one tone are told."""

_MOST_SHOWN = 80
_PLACE = {mark: at for at, mark in enumerate(MARKS)}
_TONES = ("wrong", "doubt", "ok")
_UNSURE_READING = {"lookalike", "cut_with_room", "swapped"}
"""Differences that an officer's typing or an issuer's habit makes as well."""


@dataclass(frozen=True, slots=True)
class Finding:
    """`field` as zone.py names it, empty for the whole; `values` what a sentence about it needs."""

    mark: str
    tone: Tone
    field: str
    values: Values


def findings(zone: Told, rules: Rules | None, page: Printed, today: date) -> list[Finding]:
    """Judge a zone and what was read of the page; `rules` is None for an unknown version. Never raises."""
    rules = rules or NOTHING_KNOWN
    if not zone.form:
        return [Finding(r.mark, MARKS[r.mark], r.field, r.values) for r in zone.remarks]
    issued = periods.day_of_issue(page.issued, zone.expiry, today)
    compared = compare(zone, page)
    found = [
        *_remarks(zone, rules, issued),
        *_agreement(zone),
        *_version(zone, rules),
        *_pattern(zone, rules, issued),
        *_compared(compared, zone, rules, issued),
        *_times(zone, rules, page, compared, issued, today),
    ]
    return sorted(found, key=lambda f: (_TONES.index(f.tone), _PLACE[f.mark]))


def _found(mark: str, field: str, values: Values, tone: Tone | None = None) -> Finding:
    return Finding(mark, tone or MARKS[mark], field, values)


# --- the zone by itself ----------------------------------------------------------------------------


def _remarks(zone: Told, rules: Rules, issued: date | None) -> Iterator[Finding]:
    """What zone.py remarks: softer where the line was read badly or the issuer owns the defect."""
    specimen = False
    for remark in zone.remarks:
        if remark.mark == "code_specimen":
            if specimen:
                continue  # once for the paper: issuer and holder are both of Utopia
            specimen = True
        yield _excused(remark, zone, rules, issued) or _unsure(remark, zone)


def _excused(remark: Remark, zone: Told, rules: Rules, issued: date | None) -> Finding | None:
    if not remark.field or remark.mark in ("character", "date_unknown", "code_specimen"):
        return None
    defect: Defect = "wrong_check_digit" if remark.mark == "check_digit" else "wrong_data"
    printed = str(remark.values.get("check" if remark.mark == "check_digit" else "printed", ""))
    deviation = known(rules.deviations, defect, remark.field, printed, zone.number, issued)
    if deviation is None:
        return None
    surely = bool(deviation.covers(zone.number, issued))
    values = {**remark.values, "instead": remark.mark, "note": deviation.note, "sure": int(surely)}
    return _found("known_deviation", remark.field, values)


def _unsure(remark: Remark, zone: Told) -> Finding:
    wrong = MARKS[remark.mark] == "wrong" and _badly_read(zone, remark.field)
    return _found(remark.mark, remark.field, remark.values, "doubt" if wrong else None)


def _badly_read(zone: Told, field: str) -> bool:
    """Whether a line that a field stands in has a wrong length, or the field a character that no zone has."""
    if field not in zone:
        return False
    lines = {place.line + 1 for place in zone[field].places}
    return any(
        (r.mark == "length" and r.values["line"] in lines) or (r.mark == "character" and r.field == field)
        for r in zone.remarks
    )


def _agreement(zone: Told) -> Iterator[Finding]:
    checked = [field for field in zone.fields if field.check_place]
    if all(field.agrees for field in checked):
        yield _found("check_digits_agree", "", {"count": len(checked)})


# --- against the version ---------------------------------------------------------------------------


def _version(zone: Told, rules: Rules) -> Iterator[Finding]:
    tone: Tone | None = "doubt" if any(r.mark == "length" for r in zone.remarks) else None
    issuer = zone.text("issuer")
    if rules.issuer and issuer != rules.issuer:
        here, there = code(issuer), code(rules.issuer)
        if not here.country or here.country != there.country:
            values = {"printed": issuer, "due": rules.issuer}
            yield _found("other_issuer", "issuer", values, "doubt" if _badly_read(zone, "issuer") else None)
    document = zone.text("document")
    letters = CODES_OF_CATEGORY.get(rules.category)
    if letters and document[:1] not in tuple(letters):
        yield _found("other_category", "document", {"printed": document, "category": rules.category}, tone)
    if rules.mrz_form and zone.form != rules.mrz_form:
        yield _found("other_form", "", {"found": zone.form, "due": rules.mrz_form}, tone)


MOST_TRIED = 400
"""Other readings of a number that are tried for all patterns of a version together."""


def _pattern(zone: Told, rules: Rules, issued: date | None) -> Iterator[Finding]:
    """The best that any pattern of the version says of the number."""
    if not rules.patterns or not zone.number:
        return
    judged = [(pattern, fits(pattern, zone.number, issued)) for pattern in rules.patterns]
    pattern, fit = max(judged, key=lambda pair: (pair[1].shape, pair[1].check, pair[1].time is not False))
    values: dict[str, str | int] = {"number": zone.number, "shape": pattern.shape}
    if fit.whole:
        yield _found("pattern_fits", "number", values)
        yield from _two_readings(zone, pattern)
        return
    tries = max(8, MOST_TRIED // len(judged))
    read = next((r for p, _ in judged for r in other_readings(p, zone.number, 1, tries)), "")
    if read and not (fit.shape and fit.check):
        # Misread, or O printed for 0: "agrees" says whether the check digit is that of the other reading.
        digit = check_digit(read.ljust(len(zone["number"].printed), "<"))
        values |= {"reading": read, "agrees": int(digit == zone["number"].check)}
        yield _found("pattern_other_reading", "number", values)
        return
    tone: Tone | None = "doubt" if _badly_read(zone, "number") else None
    yield _found(_misfit(fit), "number", values | {"rule": pattern.check}, tone)


def _misfit(fit: Fit) -> str:
    if not fit.shape:
        return "pattern_misfit"
    return "pattern_time" if fit.check else "pattern_check"


def _two_readings(zone: Told, pattern: Pattern) -> Iterator[Finding]:
    """Another reading that check digit and pattern allow as well: look both up."""
    for read in zone.also:
        if fits(pattern, read).whole:
            yield _found("number_two_readings", "number", {"number": zone.number, "reading": read})
            return


# --- against the page ------------------------------------------------------------------------------


def _compared(
    compared: tuple[Compared, ...], zone: Told, rules: Rules, issued: date | None
) -> Iterator[Finding]:
    for one in compared:
        values: dict[str, str | int] = {"printed": one.printed, "zone": one.zone}
        values |= {"why": one.why, "due": one.due}
        if one.answer != "different":
            yield _found(f"page_{one.answer}", one.field, values)
            continue
        field = "names" if one.field in ("surname", "given") else one.field
        deviation = known(rules.deviations, "wrong_data", field, one.zone, zone.number, issued)
        if deviation:
            surely = bool(deviation.covers(zone.number, issued))
            values |= {"instead": "page_different", "note": deviation.note, "sure": int(surely)}
            yield _found("known_deviation", one.field, values)
        elif one.why in _UNSURE_READING:
            yield _found("page_doubtful", one.field, values)
        else:
            yield _found("page_different", one.field, values, "doubt" if _badly_read(zone, field) else None)


def _times(
    zone: Told,
    rules: Rules,
    page: Printed,
    compared: tuple[Compared, ...],
    issued: date | None,
    today: date,
) -> Iterator[Finding]:
    if page.issued.strip() and issued is None:
        yield _found("issue_unread", "issued", {"printed": page.issued.strip()[:_MOST_SHOWN]})
    birth, expiry = (_by_page(name, compared, dated) for name, dated in _dates(zone))
    for oddity in periods.oddities(rules, issued, expiry, birth, today):
        bad = MARKS[oddity.mark] == "wrong" and _badly_read(zone, oddity.field)
        # The other century of a birth may be meant.
        bad = bad or (oddity.mark.startswith("born_after") and bool(birth.other))
        yield _found(oddity.mark, oddity.field, oddity.values, "doubt" if bad else None)


def _dates(zone: Told) -> tuple[tuple[str, Dated], tuple[str, Dated]]:
    return ("birth", zone.birth), ("expiry", zone.expiry)


def _by_page(name: str, compared: tuple[Compared, ...], dated: Dated) -> Dated:
    """The date with the century that the page prints, which knows it where the zone does not."""
    for one in compared:
        if one.field == name and one.answer == "same" and len(one.due) != len(dated.printed):
            return replace(dated, iso=one.due, other="")
    return dated
