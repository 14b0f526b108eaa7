"""A pack written: one self-contained page, a manifest with its hash, the house's signature over the manifest.

The page is made piece by piece and its pictures one after the other, so that a hundred megabytes are never
held at once. It has a policy of its own (CSP) under which no script runs but ours, whatever a title says.
"""

import json
from base64 import b64encode
from collections.abc import Iterator
from dataclasses import asdict
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from tempfile import SpooledTemporaryFile
from typing import IO, Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from markupsafe import Markup

from entente.core.problems import Fault, Faulty
from entente.desk import House
from entente.match.documents import patterns
from entente.rooms.papers import cards, labels
from entente.rooms.papers.packs import FEWER, Pack
from entente.rooms.papers.packs_checking import FORMAT, MANIFEST, PAGE, README, SIGNATURE
from entente.rooms.papers.smaller import smaller
from entente.rooms.papers.vocabulary import terms
from entente.web import formats
from entente.web.language import N_, _, current, direction
from entente.web.pages import templates
from entente.web.statics import FOLDER

MOST_BYTES = 100 * 1024 * 1024
PAGE_PX, CLOSE_PX = 1_200, 640
IN_MEMORY = 8 * 1024 * 1024
_SCRIPT = Path(__file__).parent / "templates" / "papers" / "pack.js"


def written(house: House, pack: Pack) -> IO[bytes]:
    """The ZIP file, to be read from its beginning. Raises Faulty where it would be too large."""
    file = SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115 - whoever sends it closes it
    try:
        with ZipFile(file, "w", ZIP_DEFLATED, compresslevel=1) as kept:
            files = {PAGE: _kept(kept, PAGE, pack, _page(house, pack))}
            files[README] = _kept(kept, README, pack, iter([_readme(pack)]))
            manifest = json.dumps(
                _manifest(pack, files), ensure_ascii=False, indent=1, sort_keys=True
            ).encode()
            _kept(kept, MANIFEST, pack, iter([manifest]))
            _kept(kept, SIGNATURE, pack, iter([house.sign(manifest)]))
    except BaseException:
        file.close()
        raise
    file.seek(0)
    return file


def _kept(kept: ZipFile, name: str, pack: Pack, pieces: Iterator[bytes]) -> dict[str, Any]:
    """A file of the ZIP; returns what the manifest says of it."""
    info = ZipInfo(name, date_time=pack.made.timetuple()[:6])
    info.compress_type, info.external_attr = ZIP_DEFLATED, 0o600 << 16
    hashed, many = sha256(), 0
    with kept.open(info, "w") as file:
        for piece in pieces:
            many += len(piece)
            if many > MOST_BYTES:
                raise Faulty(faults=(Fault("countries", N_("The pack would be too large"), FEWER),))
            hashed.update(piece)
            file.write(piece)
    return {"sha256": hashed.hexdigest(), "bytes": many}


def _page(house: House, pack: Pack) -> Iterator[bytes]:
    style, script = (FOLDER / "card.css").read_text("utf-8"), _SCRIPT.read_text("utf-8")
    allowed = {
        name: f"'sha256-{_base64(sha256(text.encode()).digest())}'"
        for name, text in (("style", style), ("script", script))
    }
    made = (
        templates()
        .get_template("papers/pack_file.html")
        .generate(
            style=Markup("<style>{}</style>").format(Markup(style)),  # noqa: S704 - files of ours, not of others
            script=Markup("<script>{}</script>").format(Markup(script)),  # noqa: S704
            policy=f"default-src 'none'; img-src data:; style-src {allowed['style']}; "
            f"script-src {allowed['script']}; base-uri 'none'; form-action 'none'",
            lang=current(),
            dir=direction(current()),
            pack=pack,
            cards=pack.cards,
            address=_pictures(house, pack),
            shapes=shapes,
            terms=terms(),
            labels=labels,
            lines=cards.LINES,
        )
    )
    return (piece.encode() for piece in made)


def _pictures(house: House, pack: Pack) -> Any:
    """Where a picture is: in the page itself. Empty for one that went since the pack was composed."""
    pages = {sheet.blob for card in pack.cards for sheet in card.every_sheet}

    @lru_cache(maxsize=32)  # a card names a picture several times, one after the other
    def address(_paper: str, digest: str) -> str:
        try:
            kept = house.blobs.open(digest)
        except KeyError:
            return ""
        return "data:image/jpeg;base64," + _base64(smaller(kept, PAGE_PX if digest in pages else CLOSE_PX))

    return address


def shapes(card: cards.Card) -> str:
    """The forms of its number as the page's script reads them: rows of [characters, least, most]."""
    rows = [
        [["".join(sorted(e.characters)), e.least, e.most] for e in patterns.elements(one.pattern)]
        for one in card.patterns
    ]
    return json.dumps(rows, separators=(",", ":"))


def _manifest(pack: Pack, files: dict[str, Any]) -> dict[str, Any]:
    return {
        "format": FORMAT,
        "formatVersion": 1,
        "bureau": pack.bureau,
        "label": pack.label,
        "made": pack.made.isoformat(),
        "expires": pack.expires.isoformat(),
        "level": pack.level,
        "countries": list(pack.countries),
        "versions": [asdict(one) for one in pack.versions],
        "alerts": [asdict(one) for one in pack.alerts],
        "files": files,
    }


def _readme(pack: Pack) -> bytes:
    said = [
        _("Documents: quick check cards"),
        _(
            "For %(bureau)s, made %(when)s",
            bureau=f"{pack.bureau} {pack.label}",
            when=formats.moment(pack.made),
        ),
        _("EXPIRES: %(when)s", when=formats.moment(pack.expires)),
        _("Open index.html with any browser; no network is needed. Delete all of it when it has expired."),
        _(
            "For the officers of this bureau alone. Do not pass it on; delete it when it has expired. Only "
            "the house knows what was withdrawn since, and whether a document was stolen: ask there whenever "
            "you can."
        ),
        _(
            "Is it whole and from your house? pack.json holds the SHA-256 of each file, pack.sig the house's "
            "Ed25519 signature of pack.json; `entente pack check` looks at all of it."
        ),
    ]
    return "\r\n\r\n".join(said).encode() + b"\r\n"


def _base64(raw: bytes) -> str:
    return b64encode(raw).decode()
