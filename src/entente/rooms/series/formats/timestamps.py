"""Times as tools write them, brought to ISO 8601 only where they can mean but one moment."""

import re
from datetime import UTC, datetime, timedelta, timezone

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_TICKS = re.compile(r"/?Date\((?P<ms>-?\d{1,15})(?P<offset>[+-]\d{4})?\)/?\Z")
_EXIF = re.compile(r"(?P<day>\d{4}:\d{2}:\d{2})[ T](?P<time>\d{2}:\d{2}:\d{2})(?P<rest>\S{0,12})\Z")
_US = re.compile(
    r"(?P<a>\d{1,2})/(?P<b>\d{1,2})/(?P<year>\d{4})"
    r"(?:,? (?P<hour>\d{1,2}):(?P<minute>\d{2})(?::(?P<second>\d{2}))?"
    r"(?: ?(?P<half>[AaPp])\.?[Mm]\.?)?)?\Z"
)


def when(text: str) -> str:
    """The same time in ISO 8601; as it came when it is in no known form, or may be day/month or month/day."""
    text = text.strip()
    try:
        if told := _TICKS.match(text):
            moment = _EPOCH + timedelta(milliseconds=int(told["ms"]))
            if told["offset"]:
                offset = int(told["offset"][1:3]) * 60 + int(told["offset"][3:])
                sign = -1 if told["offset"][0] == "-" else 1
                moment = moment.astimezone(timezone(timedelta(minutes=sign * offset)))
            return moment.isoformat(timespec="milliseconds").replace("+00:00", "Z")
        if told := _EXIF.match(text):
            written = f"{told['day'].replace(':', '-')}T{told['time']}{told['rest']}"
            datetime.fromisoformat(written)
            return written
        if told := _US.match(text):
            return _from_us(told) or text
        return text
    except (ValueError, OverflowError):
        return text


def _from_us(told: re.Match[str]) -> str:
    """A US time whose day and month cannot be mistaken: with AM or PM, or a second number over 12."""
    month, day = int(told["a"]), int(told["b"])
    if not told["half"] and day <= 12 and month != day:
        return ""
    hour = int(told["hour"] or 0)
    if told["half"]:
        if not 1 <= hour <= 12:
            return ""
        hour = hour % 12 + (12 if told["half"] in "Pp" else 0)
    moment = datetime(int(told["year"]), month, day, hour, int(told["minute"] or 0), int(told["second"] or 0))
    return moment.isoformat() if told["hour"] else moment.date().isoformat()
