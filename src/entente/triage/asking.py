"""What is asked of the house: hashes and descriptors, a label for each file, and nothing else.

`ASKED` is all that may leave. No path, name, date, size, comment or case; what a label means stays in the
work file. The house answers by that label: a number, and the first digits of the SHA-256, so that the answer
to another disk's question is not taken for this one's.
"""

import json
import os
import re
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit

import httpx

from entente.triage.splitting import Verdict
from entente.triage.work_file import Came, File, WorkFile

ASKED = (
    "label",
    "media",
    "md5",
    "sha1",
    "sha256",
    "pdq",
    "turns",
    "quality",
    "dhash",
    "frames",
    "device",
    "lens",
    "image_id",
    "tables",
)
MOST_AT_ONCE = 500
MOST_BYTES = 2_000_000
"""Of a part: films have up to 600 hashes each."""
TRIES = 5
WAIT_S = 2.0
_KEY = re.compile(r"entente_[!-~]{1,200}")
_HERE = ("localhost", "127.0.0.1", "::1")
CHECK = "/api/v1/series/check"

Part = dict[str, Any]


class NotAsked(Exception):
    """The house could not be asked, or does not answer as it should; the text says what to do."""


def parts(files: Iterable[File], labels: Mapping[str, str]) -> Iterator[Part]:
    """Requests for pictures and films, one for each content, in the order they come."""
    media: list[dict[str, Any]] = []
    size, met = 0, set[str]()
    for file in files:
        sha256 = str(file.fields.get("sha256", ""))
        if sha256 not in labels or sha256 in met:
            continue
        met.add(sha256)
        said = {"label": labels[sha256], "media": file.media, **file.fields}
        one = {name: said[name] for name in ASKED if name in said}
        length = len(json.dumps(one))
        if media and (len(media) == MOST_AT_ONCE or size + length > MOST_BYTES):
            yield {"media": media}
            media, size = [], 0
        media.append(one)
        size += length
    if media:
        yield {"media": media}


def to_ask(items: Iterable[str], verdicts: Iterable[Verdict]) -> list[str]:
    """SHA-256 of what is asked: all but what a list here sets aside; what the house ignores may change."""
    return [
        sha256
        for sha256, found in zip(items, verdicts, strict=True)
        if found.split != "ignored" or found.origin == "house"
    ]


def answers_in(said: Any) -> list[tuple[str, Any]]:
    """(label, answer) of each answer of a reply; keys that nobody knows here are kept. Raises NotAsked."""
    try:
        return [(str(one.get("label", "")), one) for one in said["answers"]]
    except (TypeError, KeyError, AttributeError):
        raise NotAsked("That is no answer of a house: it has no list “answers”.") from None


def from_file(path: Path) -> list[tuple[str, Any]]:
    """An answer that was downloaded in the browser. Raises NotAsked."""
    try:
        return answers_in(json.loads(path.read_bytes()))
    except OSError as wrong:
        raise NotAsked(f"{path} cannot be read: {wrong.strerror}.") from None
    except ValueError:
        raise NotAsked(f"{path} is no JSON.") from None


def send(
    work: WorkFile,
    asked: Iterable[Part],
    house: httpx.Client,
    told: Callable[[int], None],
    again: bool = False,
    wait: float = WAIT_S,
) -> Came:
    """Ask what was not answered yet (`again`: all), part by part; how many answers came. Raises NotAsked.

    Each part's answers are kept before the next is sent, so that a run that was cut goes on with the rest.
    """
    have = set[str]() if again else work.answered()
    taken = refused = 0
    for part in asked:
        rest = [one for one in part["media"] if one["label"] not in have]
        if rest:
            came = work.answer(answers_in(_posted(house, {"media": rest}, wait)))
            taken, refused = taken + came.taken, refused + came.refused
        told(len(part["media"]))
    return Came(taken, refused)


def _posted(house: httpx.Client, part: Part, wait: float) -> Any:
    """The house's reply. What is refused is told at once; what may pass (429, 5xx) is tried again."""
    why = ""
    for number in range(TRIES):
        if number:
            time.sleep(wait * 2 ** (number - 1))
        try:
            reply = house.post(CHECK, json=part)
        except httpx.TransportError as wrong:
            why = f"cannot be reached ({type(wrong).__name__})"
            continue
        if reply.is_success:
            try:
                return reply.json()
            except ValueError:
                raise NotAsked("The house's answer is no JSON: is the address right?") from None
        why = f"answers {reply.status_code}{_detail(reply)}"
        if reply.status_code != 429 and reply.status_code < 500:
            raise NotAsked(f"The house {why}.")
    raise NotAsked(f"The house {why}. What was answered is kept: call the same command again later.")


def _detail(reply: httpx.Response) -> str:
    try:
        said = reply.json()
        return f": {str(said.get('detail') or said.get('title') or '')[:300]}"
    except (ValueError, AttributeError):
        return ""


def client(server: str, key: Path, purpose: str, justification: str) -> httpx.Client:
    """A client that says who asks and why, as docs/api.md tells. Raises NotAsked."""
    try:
        secret = key.read_text("ascii").strip()
    except OSError as wrong:
        raise NotAsked(f"{os.fspath(key)} cannot be read: {wrong.strerror}.") from None
    except ValueError:
        secret = ""
    if not _KEY.fullmatch(secret):
        raise NotAsked(f"{os.fspath(key)} is no key: it must hold one alone, as the house showed it.")
    try:
        address = urlsplit(server)
        here = address.hostname in _HERE
    except ValueError:
        raise NotAsked("--server is no address: give https:// and the name of a house.") from None
    if address.scheme != "https" and not (here and address.scheme == "http"):
        raise NotAsked("--server must begin with https://: hashes, too, tell something of a picture.")
    if not (purpose and justification):
        raise NotAsked("Give --purpose and --justification: they stand in the house's journal.")
    headers = {
        "Authorization": f"Bearer {secret}",
        "Entente-Purpose": purpose,
        "Entente-Justification": quote(justification),
    }
    return httpx.Client(base_url=server.rstrip("/"), headers=headers, timeout=120, follow_redirects=False)
