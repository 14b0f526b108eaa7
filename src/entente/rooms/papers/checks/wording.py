"""Findings in words: one sentence for each mark of match.documents.findings, and names of fields."""

from collections.abc import Mapping
from typing import Any

from entente.match.documents.findings import Finding
from entente.rooms.papers.checks.model import Judged
from entente.web.language import N_, _, current, direction

FIELDS: Mapping[str, str] = {
    "": "",
    "document": N_("Sort of document"),
    "issuer": N_("Issuing state"),
    "names": N_("Names"),
    "surname": N_("Surname"),
    "given": N_("Given names"),
    "number": N_("Number"),
    "nationality": N_("Nationality"),
    "birth": N_("Date of birth"),
    "sex": N_("Sex"),
    "expiry": N_("Date of expiry"),
    "issued": N_("Date of issue"),
    "personal": N_("Personal number"),
    "optional": N_("Optional data"),
    "optional2": N_("Optional data"),
    "composite": N_("The whole"),
}
WHY: Mapping[str, str] = {
    "absent": N_("No machine readable zone was found in the picture."),
    "blurred": N_("The picture is too blurred to read the zone."),
    "glare": N_("Light reflects on the zone: it cannot be read."),
}
SAID: Mapping[str, str] = {
    "no_zone": N_("These lines are no machine readable zone: %(lines)s lines, the longest of %(longest)s."),
    "check_digit": N_("The check digit is %(check)s and should be %(due)s (for %(printed)s)."),
    "code_digits": N_("A code of a state has no digits: %(printed)s."),
    "name_digits": N_("A name in a zone has no digits: %(digits)s."),
    "page_different": N_("The page says %(printed)s, the zone %(zone)s."),
    "date_month": N_("There is no such month: %(printed)s."),
    "date_day": N_("There is no such day: %(printed)s."),
    "date_leap": N_("That year has no 29 February: %(printed)s."),
    "other_issuer": N_("The zone says %(printed)s; this version is of %(due)s."),
    "other_category": N_("The zone calls it %(printed)s; this version is of another sort."),
    "other_form": N_("The zone is of form %(found)s; this version has %(due)s."),
    "pattern_misfit": N_("%(number)s has not the form of this version's numbers: %(shape)s."),
    "pattern_check": N_(
        "%(number)s has the form of this version's numbers, but its own check does not agree (%(rule)s)."
    ),
    "issued_before_version": N_("Issued %(issued)s, before this version was (%(first)s)."),
    "expired_before_version": N_("Expired %(expiry)s, before this version was issued (%(first)s)."),
    "expiry_before_issue": N_("It expires %(expiry)s, before it was issued (%(issued)s)."),
    "born_after_issue": N_("Born %(birth)s, after it was issued (%(issued)s)."),
    "born_after_expiry": N_("Born %(birth)s, after it expires (%(expiry)s)."),
    "not_yet_valid": N_("Issued %(issued)s: that day has not come."),
    "expired": N_("Expired %(expiry)s, %(days)s days ago."),
    "validity_too_long": N_(
        "Valid until %(expiry)s: this version is valid for %(years)s years at most (%(latest)s)."
    ),
    "code_unknown": N_("No state has the code %(printed)s."),
    "known_deviation": N_("A known defect of genuine documents: %(note)s"),
    "pattern_other_reading": N_(
        "%(number)s has not the form of this version's numbers; %(reading)s has: read it again."
    ),
    "pattern_time": N_("Numbers of the form %(shape)s were not issued on that day."),
    "validity_long": N_("Valid until %(expiry)s, a little longer than the %(years)s years of this version."),
    "issued_after_version": N_(
        "Issued %(issued)s, after this version ended (%(last)s): a post abroad may use up its blanks."
    ),
    "expiry_after_version": N_(
        "Expires %(expiry)s: later than the last of this version would (%(last)s and %(years)s years)."
    ),
    "page_doubtful": N_(
        "The page says %(printed)s, the zone %(zone)s: that may be typing or an issuer's habit."
    ),
    "page_spaced": N_("Blanks or hyphens differ: the page says %(printed)s, the zone %(zone)s."),
    "code_withdrawn": N_("The code %(printed)s is of a state that is no more."),
    "code_specimen": N_("The code %(printed)s stands for Utopia: a specimen."),
    "document_code": N_("Unusual sort of document: %(printed)s."),
    "date_unreadable": N_("This is no date: %(printed)s."),
    "name_empty": N_("There is no name."),
    "name_fillers": N_("Fillers stand where none should: %(printed)s."),
    "sex": N_("A zone has M, F or a filler here: %(printed)s."),
    "length": N_("Line %(line)s has %(found)s characters and should have %(due)s."),
    "character": N_("Line %(line)s has %(found)s at place %(place)s, which no zone has."),
    "page_unread": N_("Not compared: the page says %(printed)s, the zone %(zone)s."),
    "issue_unread": N_("This is no date of issue: %(printed)s."),
    "check_digits_agree": N_(
        "All %(count)s check digits agree. That is no proof: whoever forges can reckon."
    ),
    "pattern_fits": N_("%(number)s has the form of this version's numbers."),
    "number_two_readings": N_(
        "Check digit and form allow %(reading)s as well: both were looked up if read so."
    ),
    "valid": N_("Valid until %(expiry)s."),
    "date_unknown": N_("Part of the date is unknown: %(printed)s."),
    "page_same": N_("Page and zone say the same: %(printed)s."),
    "page_allowed": N_("The page says %(printed)s, the zone %(zone)s: an allowed spelling."),
    "page_truncated": N_("The name is cut in the zone: %(zone)s for %(printed)s."),
}
STEPS: Mapping[str, str] = {
    "begun": N_("Begun"),
    "read anew": N_("Another reading"),
    "version": N_("Version chosen"),
    "page": N_("Page typed"),
    "answers": N_("Marks answered"),
    "line 2": N_("To the second line"),
    "line 3": N_("To the third line"),
    "genuine": N_("Genuine"),
    "suspicious": N_("Suspicious"),
    "false": N_("False"),
    "undetermined": N_("Undetermined"),
    "alert drafted": N_("An alert drafted"),
}
VERDICTS = {name: STEPS[name] for name in ("genuine", "suspicious", "false", "undetermined")}
TONES = {"genuine": "good", "suspicious": "warn", "false": "bad", "undetermined": "info"}
STATES: Mapping[str, str] = {
    "open": N_("Open"),
    "waiting": N_("Waits for another line"),
    "closed": N_("Closed"),
}
LINES: Mapping[str, str] = {
    "2": N_("Second line: the bureau's examiners"),
    "3": N_("Third line: experts"),
}
SAYINGS: Mapping[str, str] = {
    "fine": N_("As it should be"),
    "wrong": N_("Not as it should be"),
    "unseen": N_("Cannot tell"),
}

ANCHORS: Mapping[str, str] = {
    "in place": N_("In place"),
    "shifted": N_("Moved"),
    "missing": N_("Missing"),
    "unseen": N_("Not seen"),
}


def judged(finding: Finding) -> Judged:
    """A finding with its sentence. A mark that has no sentence would be a fault of ours: KeyError."""
    values: dict[str, Any] = dict(finding.values)
    said = _(SAID[finding.mark]) % {name: _alone(str(value)) for name, value in values.items()}
    return Judged(mark=finding.mark, tone=finding.tone, field=finding.field, said=said, values=values)


def _alone(value: str) -> str:
    """A code or a date inside a sentence that may run from the right: it runs from the left by itself."""
    return f"\u2066{value}\u2069" if direction(current()) == "rtl" else value


def unread(why: str) -> Judged:
    """That there is nothing to judge, and why."""
    return Judged(
        mark="no_zone", tone="doubt", field="", said=_(WHY.get(why, WHY["absent"])), values={"why": why}
    )
