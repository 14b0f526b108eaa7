"""What is asked of the house: hashes and descriptors, a number for each file, and nothing else.

`ASKED` is all that may leave. No path, name, date, size, comment or case; what a number means stays in the
work file. The house answers by that number.
"""

import json
import os
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit

import httpx

from entente.triage.splitting import Verdict
from entente.triage.work_file import File, WorkFile

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
_HERE = ("localhost", "127.0.0.1", "::1")
CHECK = "/api/v1/series/check"

Part = dict[str, Any]


class NotAsked(Exception):
    """The house could not be asked, or does not answer as it should; the text says what to do."""


def parts(files: Iterable[File], labels: Mapping[str, int]) -> Iterator[Part]:
    """Requests for pictures and films, one for each content, in the order of their numbers as they come."""
    media: list[dict[str, Any]] = []
    size, met = 0, set[str]()
    for file in files:
        sha256 = str(file.fields.get("sha256", ""))
        if sha256 not in labels or sha256 in met:
            continue
        met.add(sha256)
        said = {"label": str(labels[sha256]), "media": file.media, **file.fields}
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
    """SHA-256 of what is asked: all but what is set aside."""
    return [sha256 for sha256, found in zip(items, verdicts, strict=True) if found.split != "ignored"]


def answers_in(said: Any) -> list[tuple[int, Any]]:
    """(number, answer) of each answer of a reply; keys that nobody knows here are kept. Raises NotAsked."""
    try:
        return [(int(one["label"]), one) for one in said["answers"] if str(one.get("label", "")).isdigit()]
    except (TypeError, KeyError, AttributeError):
        raise NotAsked("That is no answer of a house: it has no list “answers”.") from None


def from_file(path: Path) -> list[tuple[int, Any]]:
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
    wait: float = WAIT_S,
) -> int:
    """Ask what was not answered yet, part by part; returns how many answers came. Raises NotAsked.

    Each part's answers are kept before the next is sent, so that a run that was cut goes on with the rest.
    """
    have = work.answered()
    count = 0
    for part in asked:
        rest = [one for one in part["media"] if int(one["label"]) not in have]
        if rest:
            answers = answers_in(_posted(house, {"media": rest}, wait))
            work.answer(answers)
            count += len(answers)
        told(len(part["media"]))
    return count


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
        secret = key.read_text("utf-8").strip()
    except (OSError, ValueError):
        raise NotAsked(f"{os.fspath(key)} cannot be read: it must hold the key alone.") from None
    address = urlsplit(server)
    if address.scheme != "https" and address.hostname not in _HERE:
        raise NotAsked("--server must begin with https://: hashes, too, tell something of a picture.")
    if not (purpose and justification):
        raise NotAsked("Give --purpose and --justification: they stand in the house's journal.")
    headers = {
        "Authorization": f"Bearer {secret}",
        "Entente-Purpose": purpose,
        "Entente-Justification": quote(justification),
    }
    return httpx.Client(base_url=server.rstrip("/"), headers=headers, timeout=120, follow_redirects=False)
