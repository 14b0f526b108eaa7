"""The one box: what an officer typed or pasted, understood.

A machine readable zone, numbers, dates and words about a person are taken out one after the other; what
is left is a name, in any script. Nothing is thrown away silently: `said` shows how each part was read.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from stdnum import iso6346

from entente.core.kinds.countries import code_of
from entente.match import labels, mrz, numbers
from entente.match.called import called
from entente.match.days import ages_in, dates_in, years_in
from entente.match.runs import plate_shaped, runs_in

LONGEST = 2000
"""Characters of a question."""
MOST_NAMES = 8
MOST_NUMBERS = 40


@dataclass(frozen=True, slots=True)
class Question:
    """What was asked. `monikers`: what somebody is called besides; each is among `names` too, by itself or in
    one. `numbers`: (scheme, look-up key, as written). `birth`: dates in clean form.

    `nationality`: country codes, `sex`: male, female or other, `kinds`: kinds wanted (any of them),
    `filters`: further facts that must hold ("nat:fr"). `said`: (what, value) for display; what is one of
    name, moniker, document, id, iban, account, plate, vin, phone, email, wallet, bic, lei, imo, mmsi, imei,
    icao24, serial, number, mrz, born, calendar, nationality, sex, check-digit-wrong, ambiguous-date, no-date,
    date-alone, not-understood.
    """

    text: str
    names: tuple[str, ...] = ()
    monikers: tuple[str, ...] = ()
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


def understand(text: str, today: date | None = None) -> Question:
    """Read a question. Raises ValueError, and nothing else, for a text of more than 2,000 characters.

    `today`: the day that ages ("aged 45") are counted from; without it they are left as they stand.
    """
    if len(text) > LONGEST:
        raise ValueError(f"a question has at most {LONGEST:,} characters: load a list as a file instead")
    text = _plain(text)
    zone = mrz.find(text)
    if zone is not None:
        return _from_zone(text, zone)
    reading = _Reading(text, today)
    first = (_mails, _wallets, _containers, _labelled, _ibans, _facts)
    for step in (*first, _dates, _runs, _years, _phones, _codes, _names):
        step(reading)
    return Question(
        text=text,
        names=tuple(dict.fromkeys(reading.names))[:MOST_NAMES],
        monikers=tuple(dict.fromkeys(reading.monikers))[:MOST_NAMES],
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
    # As the zone writes it, so that it is read as one; what fills its field may go on.
    written = f"{zone.surname}<<{zone.given}".removesuffix("<<") + "…" * zone.cut
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
        names=(written,) if name else (),
        numbers=tuple(dict.fromkeys(found)),
        birth=(zone.birth,) if zone.birth else (),
        nationality=(zone.nationality,) if zone.nationality else (),
        sex=(zone.sex,) if zone.sex else (),
        said=tuple(s for s in shown if s[1]),
    )


class _Reading:
    """What is left of the text, and what was found so far."""

    def __init__(self, text: str, today: date | None) -> None:
        self.left = text
        self.today = today
        self.names: list[str] = []
        self.monikers: list[str] = []
        self.numbers: list[tuple[str, str, str]] = []
        self.birth: list[str] = []
        self.nationality: list[str] = []
        self.sex: list[str] = []
        self.said: list[tuple[str, str]] = []

    def take(self, pattern: re.Pattern[str]) -> Iterator[re.Match[str]]:
        """Every place where a pattern stands; the caller blanks those that it could use with `blank`."""
        yield from list(pattern.finditer(self.left))

    def blank(self, found: re.Match[str]) -> None:
        self.spend(*found.span())

    def spend(self, start: int, end: int) -> None:
        self.left = self.left[:start] + "\x00" * (end - start) + self.left[end:]

    def number(self, shown: str, keys: tuple[tuple[str, str], ...]) -> None:
        shown = shown.strip()
        for _, key in keys:
            self.numbers.append((key.partition(":")[0], key, shown))
        self.said.append((keys[0][0], shown))


_CONTAINER = re.compile(r"(?<![\w])[A-Z]{3}[UJZ][ -]?\d{3}[ ]?\d{3}[ -]?\d(?!\w)", re.IGNORECASE | re.ASCII)
_MAIL = re.compile(r"[^\s@<>,;:\"()\[\]]{1,64}@[^\s@<>,;:\"()\[\]]{1,190}\.[^\W\d_]{2,24}")
_WORD = re.compile(r"[0-9A-Za-z]{26,95}", re.ASCII)
_IBAN = re.compile(r"\b[A-Z]{2}\d{2}(?:[ -]?[A-Z0-9]{1,4}){3,8}\b", re.IGNORECASE | re.ASCII)
_IBAN_LABEL = re.compile(r"\biban\b[.:]*", re.IGNORECASE)
_PHONE = re.compile(r"(?<![\w+])(?:\+|00)[\d][\d ().\-/]{5,22}\d(?!\w)", re.ASCII)
_BORN = re.compile(
    r"\b(?:born(?:\s+(?:on|in(?:\s+the)?))?|d\.?o\.?b\.?|date of birth|née?(?:\s+(?:le|en|dans\s+les))?|"
    r"geb(?:oren)?(?:\s+am)?|nacid[oa](?:\s+(?:el|en(?:\s+los)?))?)\b[.:]*",
    re.IGNORECASE,
)
_SEX = re.compile(r"\b(?:(?:sex|gender)\s*[:=]?\s*(m|f|male|female)|(male|female))\b", re.IGNORECASE)
_NATIONALITY = re.compile(
    r"\b(?:(?P<sure>nationality|citizen(?:ship)?\s+of|national\s+of|(?:nat\b|citizenship|citizen)(?=\s*[.:=]))|nat)"
    r"\b\s*[.:=]?\s*(?P<first>[^\W\d_]{2,30})(?P<more>(?:\s+[^\W\d_]{2,30}){0,2})",
    re.IGNORECASE,
)
_CODE = re.compile(r"(?<![\w])[0-9A-Za-zА-я][0-9A-Za-zА-я./-]{2,38}[0-9A-Za-zА-я](?!\w)")
_DIGITS = re.compile(r"(?<!\w)\d[\d .-]{3,30}\d(?!\w)", re.ASCII)
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


def _containers(r: _Reading) -> None:
    """A freight container as its door shows it ("CSQU 305438 3"), where its check digit fits (ISO 6346)."""
    for found in r.take(_CONTAINER):
        number = numbers.code(found[0])
        if iso6346.is_valid(number):
            r.number(found[0], tuple(sorted(numbers.number_keys(number), key=lambda k: k[0] != "serial")))
            r.blank(found)


def _labelled(r: _Reading) -> None:
    for found in r.take(labels.LABEL):
        # A pattern without case takes ı, İ and ſ for letters that lower() does not.
        what, start = labels.LABELS.get(found[1].lower(), ""), found.end()
        if what in ("", "iban") or "\x00" in r.left[found.start() : start]:
            continue  # _ibans takes it with its spaces and checks it
        ends = labels.groups(what, r.left, start)
        if not ends:
            continue
        whole = r.left[start : ends[-1]]
        if not any(c.isdigit() for c in whole) and what != "bic":
            continue
        shown = labels.less_year(what, r.left, start, ends)
        key = numbers.key_of(_SCHEME.get(what, what), shown)
        if not key:
            continue
        keys = [(what, key)]
        if what in ("document", "id", "phone"):
            others = [k for k in numbers.number_keys(shown) if k[1] != key]
            keys += [k for k in others if what != "phone" or k[0] == "phone"]
        r.number(shown, tuple(keys))
        if shown != whole and what in ("document", "id"):
            _also(r, whole)
        _remark(r, what, numbers.code(shown))
        r.spend(found.start(), start + len(shown))


def _also(r: _Reading, shown: str) -> None:
    """Groups that may be one number, beside what else they may be."""
    keys = numbers.number_keys(numbers.code(shown))
    if keys:
        r.numbers += [(key.partition(":")[0], key, shown) for _, key in keys]
        r.said.append(("number", shown))


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


def _facts(r: _Reading) -> None:
    for found in r.take(_SEX):
        word = (found[1] or found[2]).lower()
        r.sex.append("male" if word[0] == "m" else "female")
        r.said.append(("sex", r.sex[-1]))
        r.blank(found)
    for found in r.take(_NATIONALITY):
        # Nat is a given name too: without a sign only capitals or small letters after it are a country.
        if not found["sure"] and found["first"].istitle():
            continue
        start = found.start("first")
        for end in reversed(
            [start + word.end() for word in re.finditer(r"\S+", r.left[start : found.end()])]
        ):
            if code := code_of(r.left[start:end]):
                r.nationality.append(code)
                r.said.append(("nationality", code))
                r.spend(found.start(), end)
                break


def _dates(r: _Reading) -> None:
    for dated in dates_in(r.left):
        if "\x00" in r.left[dated.found.start() : dated.found.end()]:
            continue
        r.birth += dated.means
        r.said += [("born", day) for day in dated.means]
        r.said += [("calendar", calendar) for calendar in dated.calendars]
        if not dated.means:
            r.said.append(("no-date", dated.found[0]))
        elif len(dated.means) > 1:
            r.said.append(("ambiguous-date", dated.found[0]))
        r.blank(dated.found)
    for age in ages_in(r.left, r.today) if r.today else ():
        r.birth += age.means
        r.said += [("born", days) for days in age.means]
        r.blank(age.found)


def _runs(r: _Reading) -> None:
    text = _PHONE.sub(lambda found: "\x00" * len(found[0]), r.left)
    for run in runs_in(text):
        keys = _surest(numbers.number_keys(run.joined), run.joined)
        if not keys:
            continue
        if run.alone:
            r.number(run.shown, keys)
        else:
            _also(r, run.shown)
        for start, end in run.spent:
            r.spend(start, end)


def _surest(keys: tuple[tuple[str, str], ...], number: str) -> tuple[tuple[str, str], ...]:
    """Keys with the plate first where a number has its look."""
    return tuple(sorted(keys, key=lambda k: k[0] != "plate")) if plate_shaped(number) else keys


def _years(r: _Reading) -> None:
    for found in list(years_in(r.left)):
        r.birth.append(found[0])
        r.said.append(("born", found[0]))
        r.blank(found)
    if r.birth:
        r.left = _BORN.sub(lambda found: " " * len(found[0]), r.left)


def _phones(r: _Reading) -> None:
    for found in r.take(_PHONE):
        keys = numbers.number_keys(found[0])
        if keys and keys[0][0] == "phone":
            r.number(found[0], keys)
            r.blank(found)


def _codes(r: _Reading) -> None:
    for pattern in (_CODE, _DIGITS):
        for found in r.take(pattern):
            number = numbers.code(found[0])
            digits = sum(c.isdigit() for c in number)
            half = digits >= 2 and len(number) >= 5 and digits * 2 >= len(number)
            plate = plate_shaped(number) and (digits >= 3 or (digits == 2 and found[0].isupper()))
            if digits >= 4 or half or plate or (digits >= 2 and len(number) == numbers.VIN):
                keys = _surest(numbers.number_keys(found[0]), number)
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
    left = labels.LEFT_OVER.sub(" ", r.left).replace("\x00", " ")
    for part in re.split(r"[\n;|\t]+", left):
        read = called(part)
        for name in read.names:
            lettered = any(unicodedata.category(c)[0] == "L" for c in name)
            if lettered:
                r.names.append(name)
            if name not in read.monikers:
                r.said.append(("name", name) if lettered else ("not-understood", name[:80]))
        r.names += filter(None, [read.whole])
        r.monikers += read.monikers
        r.said += [("moniker", moniker) for moniker in read.monikers]
    if r.birth and not r.names and not r.numbers:
        r.said.append(("date-alone", ", ".join(r.birth)))
