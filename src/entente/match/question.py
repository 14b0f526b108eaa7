"""The one box: what an officer typed or pasted, understood.

A machine readable zone, numbers, dates and words about a person are taken out one after the other; what
is left is a name, in any script. Nothing is thrown away silently: `said` shows how each part was read.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from entente.core.kinds import dates as written
from entente.core.kinds.countries import code_of
from entente.match import mrz, numbers
from entente.match.dates import span_of

LONGEST = 2000
"""Characters of a question."""
MOST_NAMES = 8
MOST_NUMBERS = 40


@dataclass(frozen=True, slots=True)
class Question:
    """What was asked. `numbers`: (scheme, look-up key, as written). `birth`: dates in clean form.

    `nationality`: country codes, `sex`: male, female or other, `kinds`: kinds wanted (any of them),
    `filters`: further facts that must hold ("nat:fr"). `said`: (what, value) for display; what is one of
    name, moniker, document, id, iban, account, plate, vin, phone, email, wallet, bic, lei, imo, mmsi, imei,
    icao24, serial, mrz, born, nationality, sex, check-digit-wrong, not-understood.
    """

    text: str
    names: tuple[str, ...] = ()
    numbers: tuple[tuple[str, str, str], ...] = ()
    birth: tuple[str, ...] = ()
    nationality: tuple[str, ...] = ()
    sex: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    filters: tuple[str, ...] = ()
    said: tuple[tuple[str, str], ...] = ()

    @property
    def empty(self) -> bool:
        """Whether there is nothing to look for."""
        return not (self.names or self.numbers or self.birth)


def understand(text: str) -> Question:
    """Read a question. Raises ValueError, and nothing else, for a text of more than 2,000 characters."""
    if len(text) > LONGEST:
        raise ValueError(f"a question has at most {LONGEST:,} characters: load a list as a file instead")
    text = _plain(text)
    zone = mrz.find(text)
    if zone is not None:
        return _from_zone(text, zone)
    reading = _Reading(text)
    for step in (_mails, _wallets, _labelled, _ibans, _years, _phones, _plates, _codes, _names):
        step(reading)
    return Question(
        text=text,
        names=tuple(dict.fromkeys(reading.names))[:MOST_NAMES],
        numbers=tuple(dict.fromkeys(reading.numbers))[:MOST_NUMBERS],
        birth=tuple(dict.fromkeys(reading.birth)),
        nationality=tuple(dict.fromkeys(reading.nationality)),
        sex=tuple(dict.fromkeys(reading.sex)),
        said=tuple(dict.fromkeys(reading.said)),
    )


def _plain(text: str) -> str:
    """Without characters that nobody sees: controls, direction overrides, joiners, halves of characters."""
    if text.isascii() and text.isprintable():
        return text.strip()
    kept = []
    for c in unicodedata.normalize("NFC", text.encode("utf-8", "ignore").decode("utf-8")):
        category = unicodedata.category(c)
        if c in "\n\r\u2028\u2029\x85":
            kept.append("\n")
        elif category == "Cc" or category[0] == "Z":
            kept.append(" ")
        elif category not in ("Cf", "Co", "Cn", "Cs"):
            kept.append(c)
    return "".join(kept).strip()


def _from_zone(text: str, zone: mrz.Zone) -> Question:
    name = f"{zone.given} {zone.surname}".strip()
    shown: list[tuple[str, str]] = [("mrz", zone.form), ("name", name)]
    found: list[tuple[str, str, str]] = []
    if len(zone.number) >= numbers.SHORTEST:
        found += [(s, f"{s}:{zone.number}", zone.number) for s in ("doc", "id")]
        shown.append(("document", zone.number))
    if len(zone.personal) >= 6 and sum(c.isdigit() for c in zone.personal) >= 4:
        found.append(("id", f"id:{zone.personal}", zone.personal))
        shown.append(("id", zone.personal))
    facts = (("born", zone.birth), ("sex", zone.sex), ("nationality", zone.nationality))
    shown += [(what, value) for what, value in facts if value]
    shown += [("check-digit-wrong", field) for field in zone.wrong]
    return Question(
        text=text,
        names=(name,) if name else (),
        numbers=tuple(dict.fromkeys(found)),
        birth=(zone.birth,) if zone.birth else (),
        nationality=(zone.nationality,) if zone.nationality else (),
        sex=(zone.sex,) if zone.sex else (),
        said=tuple(s for s in shown if s[1]),
    )


class _Reading:
    """What is left of the text, and what was found so far."""

    def __init__(self, text: str) -> None:
        self.left = text
        self.names: list[str] = []
        self.numbers: list[tuple[str, str, str]] = []
        self.birth: list[str] = []
        self.nationality: list[str] = []
        self.sex: list[str] = []
        self.said: list[tuple[str, str]] = []

    def take(self, pattern: re.Pattern[str]) -> Iterator[re.Match[str]]:
        """Every place where a pattern stands; the caller blanks those that it could use with `blank`."""
        yield from list(pattern.finditer(self.left))

    def blank(self, found: re.Match[str]) -> None:
        start, end = found.span()
        self.left = self.left[:start] + "\x00" * (end - start) + self.left[end:]

    def number(self, shown: str, keys: tuple[tuple[str, str], ...]) -> None:
        shown = shown.strip()
        for _, key in keys:
            self.numbers.append((key.partition(":")[0], key, shown))
        self.said.append((keys[0][0], shown))


_MAIL = re.compile(r"[^\s@<>,;:\"()\[\]]{1,64}@[^\s@<>,;:\"()\[\]]{1,190}\.[^\W\d_]{2,24}")
_WORD = re.compile(r"[0-9A-Za-z]{26,95}", re.ASCII)
_IBAN = re.compile(r"\b[A-Z]{2}\d{2}(?:[ -]?[A-Z0-9]{1,4}){3,8}\b", re.IGNORECASE | re.ASCII)
_IBAN_LABEL = re.compile(r"\biban\b[.:]*", re.IGNORECASE)
_PHONE = re.compile(r"(?<![\w+])(?:\+|00)[\d][\d ().\-/]{5,22}\d(?!\w)", re.ASCII)
_BORN = re.compile(
    r"\b(?:born(?:\s+on)?|d\.?o\.?b\.?|date of birth|née?(?:\s+le)?|geb(?:oren)?(?:\s+am)?|"
    r"nacid[oa](?:\s+el)?)\b[.:]*",
    re.IGNORECASE,
)
_ISO = re.compile(r"(?<![\w/-])\d{4}-\d{1,2}(?:-\d{1,2})?(?![\w/-])", re.ASCII)
_DOTTED = re.compile(r"(?<![\w/.-])(\d{1,2})[./-](\d{1,2})[./-](\d{4})(?![\w/-])", re.ASCII)
_SPAN = re.compile(r"(?<![\w/-])((?:1[89]|20)\d\d)\s?[/–—-]\s?((?:1[89]|20)\d\d)(?![\w/-])", re.ASCII)
_ABOUT = re.compile(
    r"(?<!\w)(?:~|≈|circa|about|approx\.?|ca?\.|ca(?=\s))\s*((?:1[89]|20)\d\d)(?!\w)", re.IGNORECASE
)
_YEAR = re.compile(r"(?<![\w/.-])(?:1[89]\d\d|20[0-3]\d)(?![\w/-]|\.\d)", re.ASCII)
_MONTHS = {
    word: number
    for number, words in enumerate(
        (
            "jan january janvier enero januar",
            "feb february fevrier février febrero februar",
            "mar march mars marzo marz märz",
            "apr april avril abril",
            "may mai mayo",
            "jun june juin junio juni",
            "jul july juillet julio juli",
            "aug august aout août agosto",
            "sep sept september septembre septiembre",
            "oct october octobre octubre oktober okt",
            "nov november novembre noviembre",
            "dec december decembre décembre diciembre dezember dez",
        ),
        1,
    )
    for word in words.split()
}
_MONTH = "|".join(sorted(_MONTHS, key=len, reverse=True))
_DAY_MONTH = re.compile(
    rf"\b(?:(\d{{1,2}})(?:st|nd|rd|th|er|\.)?[\s-]+(?:de\s+)?)?({_MONTH})\b\.?(?:\s+(\d{{1,2}})(?:st|nd|rd|th)?)?,?[\s-]+"
    r"(?:de\s+)?((?:1[89]|20)\d\d)(?!\w)",
    re.IGNORECASE,
)
_SEX = re.compile(r"\b(?:(?:sex|gender)\s*[:=]?\s*(m|f|male|female)|(male|female))\b", re.IGNORECASE)
_NATIONALITY = re.compile(r"\b(?:nat|nationality|citizen(?:ship)?)\s*[:=]\s*([^\W\d_]{2,30})", re.IGNORECASE)
_PLATE = re.compile(
    r"(?<![\w-])(?:[A-Z]{1,3}[ -][A-Z]{1,2}[ -]?\d{1,4}|"
    r"[A-Z]{1,3}[ -]\d{1,4}[ -][A-Z]{1,3}|[A-Z]{2}\d{2}[ -][A-Z]{3}|"
    r"\d{1,4}[ -][A-Z]{1,3}[ -]\d{1,4}|[A-Z]{1,3}[ -]\d{2,5})(?![\w-])",
    re.ASCII,
)
_CODE = re.compile(r"(?<![\w])[0-9A-Za-zА-я][0-9A-Za-zА-я./-]{2,38}[0-9A-Za-zА-я](?!\w)")
_DIGITS = re.compile(r"(?<!\w)\d[\d .-]{3,30}\d(?!\w)", re.ASCII)
_LABELS = {
    word: what
    for what, words in {
        "iban": "iban",
        "vin": "vin",
        "plate": "plate reg",
        "document": "passport passeport pasaporte doc document",
        "id": "id ssn inn tax",
        "imo": "imo",
        "mmsi": "mmsi",
        "imei": "imei",
        "bic": "bic swift",
        "lei": "lei",
        "phone": "phone tel mobile",
        "serial": "serial",
        "account": "account acct",
        "wallet": "wallet",
    }.items()
    for word in words.split()
}
_LABELLED = re.compile(
    r"\b(" + "|".join(_LABELS) + r")\b(?:\s*(?:no|nr|number|num|n°|№|#))?[.:#=]*\s*"
    r"((?=[\w./-]*\d)[0-9A-Za-z+][0-9A-Za-z./+-]{2,60}|(?:[A-Z0-9]{2,4}[ -]){1,7}[A-Z0-9]{1,10}\b)",
    re.IGNORECASE | re.ASCII,
)
_SCHEME = {"document": "doc", "email": "mail"}
_BIC = re.compile(r"(?<!\w)[A-Z]{6}[A-Z0-9]{2}(?:[A-Z0-9]{3})?(?!\w)", re.ASCII)


def _mails(r: _Reading) -> None:
    for found in r.take(_MAIL):
        if address := numbers.mail(found[0]):
            r.number(found[0], (("email", f"mail:{address}"),))
            r.blank(found)


def _wallets(r: _Reading) -> None:
    for found in r.take(_WORD):
        address = numbers.wallet(found[0])
        # A name written without spaces has no digits; an address has several.
        if address and sum(c.isdigit() for c in address) >= 3 and not numbers.iban_ok(found[0].upper()):
            r.number(found[0], (("wallet", f"wallet:{address}"),))
            r.blank(found)


def _labelled(r: _Reading) -> None:
    for found in r.take(_LABELLED):
        what, shown = _LABELS[found[1].lower()], found[2]
        if not any(c.isdigit() for c in shown) and what != "bic":
            continue
        if what == "iban":
            continue  # _ibans takes it with its spaces and checks it
        key = numbers.key_of(_SCHEME.get(what, what), shown)
        if not key:
            continue
        others = (
            tuple(k for k in numbers.number_keys(shown) if k[1] != key) if what in ("document", "id") else ()
        )
        r.number(shown, ((what, key), *others))
        _remark(r, what, numbers.code(shown))
        r.blank(found)


def _ibans(r: _Reading) -> None:
    for found in r.take(_IBAN):
        number, end = numbers.code(found[0]), _iban_end(found[0])
        wrong = not end and 15 <= len(number) <= 34 and sum(c.isdigit() for c in number) >= 10
        if not end and (not wrong or numbers.vin_shaped(number)):
            continue
        end = end or len(found[0])
        number = numbers.code(found[0][:end])
        r.number(found[0][:end], (("iban", f"iban:{number}"), ("account", f"account:{number}")))
        if wrong:
            r.said.append(("check-digit-wrong", "iban"))
        r.left = r.left[: found.start()] + "\x00" * end + r.left[found.start() + end :]
    r.left = _IBAN_LABEL.sub(" ", r.left)


def _iban_end(text: str) -> int:
    """How much of a text is an IBAN that checks (a name may follow it); 0 for none."""
    for end in range(len(text), 14, -1):
        if text[end - 1].isalnum() and len(part := numbers.code(text[:end])) >= 15 and numbers.iban_ok(part):
            return end
    return 0


def _remark(r: _Reading, what: str, number: str) -> None:
    if what != "vin" or not numbers.vin_shaped(number):
        return
    if numbers.vin_must_check(number) and not numbers.vin_checks(number):
        r.said.append(("check-digit-wrong", "vin"))


def _years(r: _Reading) -> None:
    for found in r.take(_SEX):
        word = (found[1] or found[2]).lower()
        r.sex.append("male" if word[0] == "m" else "female")
        r.said.append(("sex", r.sex[-1]))
        r.blank(found)
    for found in r.take(_NATIONALITY):
        code = code_of(found[1])
        if code:
            r.nationality.append(code)
            r.said.append(("nationality", code))
            r.blank(found)
    for pattern, spell in (
        (_ISO, lambda m: "-".join(p.zfill(2) for p in m[0].split("-"))),
        (_DOTTED, lambda m: f"{m[3]}-{int(m[2]):02}-{int(m[1]):02}"),
        (_DAY_MONTH, _worded),
        (_SPAN, lambda m: f"{m[1]}/{m[2]}"),
        (_ABOUT, lambda m: f"~{m[1]}"),
        (_YEAR, lambda m: m[0]),
    ):
        for found in r.take(pattern):
            clean = _clean(spell(found))
            if clean is None and pattern is _DOTTED:
                clean = _clean(f"{found[3]}-{int(found[1]):02}-{int(found[2]):02}")
            span = span_of(clean) if clean else None
            if clean and span and 1800 <= span.first <= 2040:
                r.birth.append(clean)
                r.said.append(("born", clean))
                r.blank(found)
    if r.birth:
        r.left = _BORN.sub(" ", r.left)


def _worded(found: re.Match[str]) -> str:
    """ "5 March 1971", "March 5, 1971" or "March 1971"."""
    day = found[1] or found[3]
    return f"{found[4]}-{_MONTHS[found[2].lower()]:02}" + (f"-{int(day):02}" if day else "")


def _clean(text: str) -> str | None:
    try:
        return written.clean(text)
    except ValueError:
        return None


def _phones(r: _Reading) -> None:
    for found in r.take(_PHONE):
        keys = numbers.number_keys(found[0])
        if keys and keys[0][0] == "phone":
            r.number(found[0], keys)
            r.blank(found)


def _plates(r: _Reading) -> None:
    for found in r.take(_PLATE):
        plate = numbers.code(found[0])
        if 4 <= len(plate) <= 9:
            others = tuple(k for k in numbers.number_keys(found[0]) if k[0] in ("document", "id"))
            r.number(found[0], (("plate", f"plate:{plate}"), *others))
            r.blank(found)


def _codes(r: _Reading) -> None:
    for pattern in (_CODE, _DIGITS):
        for found in r.take(pattern):
            number = numbers.code(found[0])
            digits = sum(c.isdigit() for c in number)
            if digits >= 4 or (digits >= 2 and len(number) >= 5 and digits * 2 >= len(number)):
                keys = numbers.number_keys(found[0])
                if keys:
                    r.number(found[0], keys)
                    _remark(r, keys[0][0], number)
                    r.blank(found)
    whole = r.left.replace("\x00", "").strip()
    if whole.isupper() and _BIC.fullmatch(whole) and any(c.isdigit() for c in whole):
        r.left = ""
        r.numbers.append(("bic", f"bic:{whole}", whole))
        r.said.append(("bic", whole))


def _names(r: _Reading) -> None:
    for part in re.split(r"[\n;|\t]+", r.left.replace("\x00", " ")):
        name = re.sub(r"\s+", " ", part).strip(" ,.:-–—/\\#*()[]{}\"'<>=?!")
        if not name:
            continue
        if any(unicodedata.category(c)[0] == "L" for c in name):
            r.names.append(name)
            r.said.append(("name", name))
        else:
            r.said.append(("not-understood", name[:80]))
