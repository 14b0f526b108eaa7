"""Forms of the pages of messages, as a browser fills and sends them."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from html import unescape
from typing import Any

from rooms.scene import Scene
from worlds.stage import Answer, Ask, Person

PDF = b"%PDF-1.7 invented"
Q1, Q2 = "To whom is the van registered?", "Is it reported stolen?"


@dataclass(frozen=True, slots=True)
class Upload(Ask):
    """A form with files, as a browser sends it. `under`: the field of a file, where it is not `files`."""

    files: Sequence[tuple[str, bytes]] = field(default=())
    under: Mapping[str, str] = field(default_factory=dict)

    def spelled(self, who: Person | None) -> tuple[dict[str, str], bytes]:
        headers, _ = Ask.spelled(self, who)
        parts = [(f'name="{name}"', value.encode()) for name, value in self.form or ()]
        parts += [
            (
                f'name="{self.under.get(name, "files")}"; filename="{name}"\r\n'
                "Content-Type: application/octet-stream",
                data,
            )
            for name, data in self.files
        ]
        body = b"".join(
            b"--part\r\nContent-Disposition: form-data; " + named.encode() + b"\r\n\r\n" + data + b"\r\n"
            for named, data in parts
        )
        body += b"--part--\r\n"
        said = {"content-type": "multipart/form-data; boundary=part", "content-length": str(len(body))}
        return headers | said, body


def written(**said: str | Sequence[str]) -> list[tuple[str, str]]:
    """The form of a request as somebody fills it; a list gives a field several values."""
    usual: Mapping[str, str | Sequence[str]] = {
        "to": ["XB"],
        "kind": "request",
        "subject": "Owner of a van",
        "text": "We stopped it this morning.",
        "urgency": "urgent",
        "language": "en",
        "level": "official",
        "questions": [Q1, Q2],
        "ref": "form-1",
        "do": "send",
    }
    pairs = []
    for name, value in {**usual, **said}.items():
        pairs += [(name, one) for one in ([value] if isinstance(value, str) else value)]
    return pairs


def sent(answer: Answer) -> str:
    """The id of the message that a form sent."""
    assert answer.status == 303, re.findall(r"<li>(.*?)</li>", answer.text.partition('role="alert"')[2])
    found = re.fullmatch(r"/messages/([0-9a-f]{32})(?:\?sent=yes)?", answer.header("location"))
    assert found
    return found[1]


def values(text: str, name: str) -> list[str]:
    """Values of a form's input fields, as they are shown again."""
    return [unescape(v) for v in re.findall(rf'<input[^>]*name="{name}"[^>]*value="([^"]*)"', text)]


def listed(scene: Scene, who: str, **narrow: str) -> list[dict[str, Any]]:
    query = "&".join(f"{name}={value}" for name, value in narrow.items())
    found: list[dict[str, Any]] = scene(who, "GET", f"/messages?{query}").json["messages"]
    return found
