"""What is wrong in an input, in the house's own words: pydantic's errors in English, and every frequent
fault, whoever found it, in the reader's language where a page shows it."""

import re
from calendar import month_name
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from entente.web import formats
from entente.web.language import N_, _, current

Saying = tuple[str, str]
"""What is wrong, and what to do."""

_DATE: Saying = (N_("This is no date"), N_("Write year-month-day, such as 2030-12-31."))
_WHOLE: Saying = (N_("This is no whole number"), N_("Write digits."))
_FLAG: Saying = (N_("This is neither true nor false"), N_("Write true or false."))
_FEWER: Saying = (N_("There are too many: at most %(max_length)s"), N_("Leave some out."))
_OBJECT: Saying = (N_("This is not of the form that is needed"), N_("See the API's description."))
_JSON: Saying = (N_("This is no JSON"), N_("Send well-formed JSON."))
_OTHERWISE: Saying = (N_("This cannot be read"), N_("See the API's description."))
_BY_NAME: Mapping[str, Saying] = {
    "grade": (
        N_("A grade is a letter (A, B, C or X) and a digit (1 to 4)"),
        N_("Write it as B2, or leave it empty."),
    ),
    "code": (N_("A code has 2 to 8 capital letters and digits"), N_("Write it as XA.")),
}
"""Fields of which the house knows more than that they do not fit."""
_THREE = (N_("A state is written with the letters of its machine readable zone"), N_("Write it as UTO."))
_BY_PATTERN: Mapping[str, Saying] = {
    r"^[A-Z]{3}-[A-Z]{2}-\d{5}$": (
        N_("An identifier is a state, two letters and five digits"),
        N_("Write it as UTO-AO-01001."),
    ),
    **dict.fromkeys((r"^[A-Z]{1,3}$", r"^([A-Z]{1,3})?$", r"^([A-Z]{3})?$", r"^[A-Z]{3}$"), _THREE),
}
_BY_TYPE: Mapping[str, Saying] = {
    "missing": (N_("This is missing"), N_("Give it.")),
    "extra_forbidden": (N_("This is not known here"), N_("Leave it out.")),
    "string_type": (N_("This is no text"), N_("Write it in quotes.")),
    "string_too_long": (N_("This is too long: at most %(max_length)s characters"), N_("Shorten it.")),
    "string_too_short": (N_("This is too short: at least %(min_length)s characters"), N_("Write more.")),
    "string_pattern_mismatch": (N_("This is not written as it must be"), N_("See the API's description.")),
    "too_long": _FEWER,
    "too_short": (N_("There are too few: at least %(min_length)s"), N_("Give more.")),
    "literal_error": (N_("This is none of the choices: %(expected)s"), N_("Choose one.")),
    "greater_than_equal": (N_("This is too small: at least %(ge)s"), N_("Give a larger number.")),
    "less_than_equal": (N_("This is too large: at most %(le)s"), N_("Give a smaller number.")),
    "hidden_picture": (N_("It may hide a picture: %(why)s"), N_("Write words and hashes alone.")),
    "json_invalid": _JSON,
    "json_type": _JSON,
    **dict.fromkeys(("int_parsing", "int_type", "int_from_float", "int_parsing_size"), _WHOLE),
    **dict.fromkeys(("bool_parsing", "bool_type"), _FLAG),
    **dict.fromkeys(
        (
            "date_parsing",
            "date_type",
            "date_from_datetime_parsing",
            "date_from_datetime_inexact",
            "datetime_parsing",
        ),
        _DATE,
    ),
    **dict.fromkeys(("list_type", "dict_type", "model_type", "model_attributes_type"), _OBJECT),
}
_OTHERS = (
    N_("The amount has %(count)s decimals, and %(currency)s has %(exponent)s (ISO 4217)"),
    N_("The amount is in “%(currency)s”, which is no currency of ISO 4217"),
    N_("The amount has more than %(count)s digits"),
    N_("The amount is no amount: digits, and a point before the decimals"),
    N_("The amount is nought"),
    N_("The amount is negative"),
    N_("The amount is in scientific notation, which loses digits"),
    N_("The account has %(count)s characters, and an IBAN of %(country)s has %(length)s"),
    N_("The account has %(count)s characters, and an IBAN has %(least)s to %(most)s"),
    N_("The account has wrong check digits: one or more characters are mistyped"),
    N_("The account is no IBAN: no country %(country)s is in their registry"),
    N_("The account is no IBAN: it begins with the two letters of a country"),
    N_("The account is no IBAN: its third and fourth characters are digits"),
    N_("The account is no IBAN of %(country)s"),
    N_("Ask the bank for the number again."),
    N_("Is %(suggestion)s meant? Ask; it is not put right by itself."),
    N_("The account is of %(one)s, and the BIC of %(other)s"),
    N_("Make sure that they belong together."),
    N_("The account is of %(one)s, and the country given is %(other)s"),
    N_("Make sure which desk can stop it."),
    N_("Compare it character by character."),
    N_("Ask the bank, or leave it out."),
    N_("Write two letters (ISO 3166), such as FR."),
    N_("Write three letters (ISO 4217), such as EUR."),
    N_("Write it as 1123.00."),
    N_("It is %(asked)s, and %(there)s is unknown"),
    N_("It is %(asked)s, and %(there)s is held"),
    N_("Post what there is. What is another victim's is held on his request."),
    N_("A hold without an end is lost in silence, and no rule of this country says when it ends"),
    N_("Give the moment, or name the law that sets no limit."),
    N_("Give one of the two."),
    N_("Give both, or neither."),
    N_("An extended hold ends later than it did: to let money go sooner takes two persons"),
    N_("Give a later moment, or propose a release."),
    N_("This hold is not in force any more"),
    N_("Name another one."),
    N_("Name the hold."),
    N_("Nothing is held"),
    N_("Note the hold first."),
    N_("It names no law"),
    N_("Name the statute and the section."),
    N_("Give an account, a wallet, a bank or a country."),
    N_("It is more than moved on"),
    N_("Ask for at most what the movement says."),
    N_("There is no such record for you"),
    N_("Give the id of a record that you see."),
    N_("It belongs to no request: there is nobody to show it to"),
    N_("Name the request."),
    N_("There is no such account in the file"),
    N_("In every amount the sign may part thousands or decimals (1,234)"),
    N_("Say which sign stands before the decimals."),
    N_("The amount is in “”, which is no currency of ISO 4217"),
    N_("%(value)s is no date: %(month)s has %(days)s days"),
    N_("%(value)s is no date"),
    N_("%(value)s is too long for a date"),
    N_("%(value)s is ambiguous: write %(one)s or %(other)s"),
    N_("%(value)s is ambiguous: write %(one)s"),
    N_("%(value)s has a year of two digits: write all four"),
    N_("%(value)s has a year of two digits: write year-month-day"),
    N_("%(value)s has no such month: %(number)s"),
    N_("%(value)s has a day but no month"),
    N_("%(value)s is a range that ends before it begins"),
    N_("%(value)s is no country code"),
    N_("%(value)s is no number"),
    N_("%(value)s has no digit"),
    N_("%(value)s is no e-mail address"),
    N_("%(value)s is no web address"),
    N_("%(value)s is no topic"),
    N_("%(value)s is no language code"),
    N_("%(value)s is no id"),
    N_("%(value)s is none of the three"),
    N_("%(value)s is neither yes nor no"),
    N_("%(value)s has %(count)s characters; at most %(most)s are kept"),
    N_("%(label)s is missing"),
    N_("One of these is needed: %(labels)s"),
    N_("Not attested: %(label)s"),
    N_("A flag is not answered: %(flag)s (%(label)s)"),
    N_("Neither a maximum of %(years)s years at least nor %(months)s months left to serve (RPD, article 83)"),
    N_("says nothing"),
    N_("Write 1971, 1971-03 or 1971-03-05; ~1971 for about 1971; 1970/1975 for between the two."),
    N_("Write the two-letter code (ISO 3166) in lower case, such as fr."),
    N_("Write the id of the other thing, or the owner's reference for it, without spaces."),
    N_("Write it as +33 1 23 45 67 89."),
    N_("Write it as name@example.org."),
    N_("Begin with https://."),
    N_("Write male, female or other."),
    N_("Write confirmed, unconfirmed or tentative."),
    N_("Write it as crime.fraud."),
    N_("Write fra or fr."),
    N_("Give at least one property."),
    N_("No bureau %(code)s takes part"),
    N_("Use a code from the directory."),
    N_("Everyone and named bureaus exclude each other"),
    N_("You do not hold %(name)s"),
    N_("Name compartments you hold."),
    N_("This level is above your clearance"),
    N_("Choose a lower one."),
    N_("Your bureau handles its records in %(count)s different ways already"),
    N_("Choose a handling that other records have."),
    N_("It has %(count)s cells; the header has %(most)s"),
    N_("It has bytes that are no letters"),
    N_("It names nobody and no document"),
    N_("%(value)s is no number of a document"),
    N_("%(value)s is no country"),
    N_("%(value)s is no sex"),
    N_("Mend the row and send the list again."),
    N_("Give a name or a number of at least four signs."),
    N_("Write letters and digits, at least four."),
    N_("Write a country's name or its code of two or three letters."),
    N_("No list was sent"),
    N_("Choose a file."),
    N_("The list is empty"),
    N_("The list is no text"),
    N_("The list has a header and no row"),
    N_("The list has more than %(count)s rows"),
    N_("No column says whom to ask for"),
    N_("Choose a date between."),
)
"""What kinds and rooms say of an input, most exact first: English there, translated here."""


def saying(error: Mapping[str, Any]) -> Saying:
    """What is wrong and what to do, in English, for one of pydantic's errors; never with the input itself."""
    place = next((str(part) for part in reversed(error["loc"]) if not isinstance(part, int)), "")
    what, do = _BY_TYPE.get(error["type"], _OTHERWISE)
    if error["type"] == "string_pattern_mismatch":
        what, do = _BY_NAME.get(place, (what, do))
        what, do = _BY_PATTERN.get(str(error.get("ctx", {}).get("pattern")), (what, do))
    limits = {name: str(limit) for name, limit in error.get("ctx", {}).items()}
    if "expected" in limits:
        limits["expected"] = limits["expected"].replace("'", "").replace(" or ", ", ")
    return (what % limits if "%(" in what else what), do


def said(text: str) -> str:
    """A fault in the reader's language; what no catalogue knows stays as it is."""
    whole = _(text)
    if whole != text or current() == "en":
        return whole
    for template, shape in _shapes():
        if found := shape.fullmatch(text):
            return _(template, **{name: _part(name, part) for name, part in found.groupdict().items()})
    return text


@lru_cache
def _shapes() -> tuple[tuple[str, re.Pattern[str]], ...]:
    known = [*_OTHERS, *(what for what, _do in _BY_TYPE.values())]
    return tuple(
        (t, re.compile(re.sub(r"%\\\((\w+)\\\)s", r"(?P<\1>.+)", re.escape(t)), re.DOTALL))
        for t in known
        if "%(" in t
    )


def _part(name: str, text: str) -> str:
    if name in ("label", "flag"):
        return _(text)
    if name == "labels":
        return "; ".join(_(label) for label in text.split("; "))
    if name == "month":
        month, _space, year = text.rpartition(" ")
        return formats.month(int(year), list(month_name).index(month))
    return text
