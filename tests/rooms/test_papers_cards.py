"""The quick check card: the best marks first, on one screen and on one page."""

from collections.abc import Callable
from datetime import UTC, datetime
from io import BytesIO
from types import SimpleNamespace
from typing import Any

from PIL import Image, ImageDraw

from entente.rooms.papers import cards, cards_printing
from entente.rooms.papers import model as m
from rooms.scene import Scene, only
from rooms.test_papers_alerts import published as alerted
from rooms.test_papers_library import FORM, READER, WRITER, drafted, out, published
from worlds.stage import Answer

Page = Callable[..., Answer]
EVIL = '"><script>alert(1)</script>'


def picture(width: int = 500, height: int = 352, colour: str = "#c7d3e6") -> bytes:
    """A drawn page: nothing real."""
    made = Image.new("RGB", (width, height), colour)
    ImageDraw.Draw(made).ellipse((40, 40, 200, 200), fill="#7a1f1f")
    kept = BytesIO()
    made.save(kept, "PNG")
    return kept.getvalue()


def mark(term: str, **said: Any) -> dict[str, Any]:
    return {"page": 0, "term": term, **said}


def pictured(scene: Scene, **said: Any) -> dict[str, Any]:
    """A published version with a picture of its page, and of a genuine and a false mark."""
    made = drafted(scene, **said)
    sent = [
        scene(WRITER, "PUT", f"/papers/pictures/{made['id']}", raw=picture(colour=colour)).json["blob"]
        for colour in ("#c7d3e6", "#ddeeaa", "#eeaaaa")
    ]
    content = {
        "pages": [{"kind": "data", "pictures": [{"px_per_mm": 4, "blob": sent[0]}]}],
        "features": [
            mark("microprint", risk=2, ease=1, level=2),
            mark("chip", level=3, risk=5, ease=5),
            mark(
                "watermark",
                risk=5,
                ease=4,
                way="TILT",
                light="TRANSMITTED",
                verify="Hold it against a lamp: a head appears.",
                box={"x": 10, "y": 10, "width": 40, "height": 40},
                closeup=sent[1],
                fake=sent[2],
            ),
        ],
        "patterns": [{"pattern": '"U"9{7}'}],
    }
    path = f"/papers/versions/{made['id']}"
    told = scene(WRITER, "PUT", path, json=FORM | said | {"content": content, "seen": latest(scene, path)})
    assert told.status == 200, told.text
    return out(scene, told.json)


def latest(scene: Scene, path: str) -> str:
    seen: str = scene(WRITER, "GET", path).json["seen"]
    return seen


def chosen(*features: dict[str, Any], **content: Any) -> cards.Card:
    row = {"id": "v", "state": "published", "edition": 1, "owner": "XB", "changed": "", "alerts": 0}
    version = m.VersionRow.model_validate({**{k: v for k, v in FORM.items() if k != "content"}, **row})
    page = {"kind": "data", "pictures": [{"px_per_mm": 4, "blob": "a" * 64}]}
    said = {"pages": [page], "features": list(features), **content}
    return cards.card(version, "official", m.Content.model_validate(said), ())


def terms(card: cards.Card) -> list[str]:
    return [mark.feature.term for mark in card.marks]


# --- what is chosen ------------------------------------------------------------------------------


def test_the_front_line_comes_first_and_within_it_what_is_forged_often_and_seen_easily() -> None:
    card = chosen(
        mark("microprint", risk=5, ease=5, level=2),
        mark("hologram", risk=2, ease=2),
        mark("watermark", risk=5, ease=4),
        mark("chip", risk=5, ease=5, level=3),
    )
    assert terms(card) == ["watermark", "hologram", "microprint"]
    assert [mark.n for mark in card.marks] == [1, 2, 3]


def test_a_card_has_eight_marks_at_most_and_an_experts_only_where_there_is_nothing_else() -> None:
    assert len(chosen(*(mark("fibres", risk=1 + n % 5) for n in range(20))).marks) == cards.MOST_MARKS
    assert terms(chosen(mark("chip", level=3))) == ["chip"]


def test_the_place_of_a_mark_is_cut_out_of_the_page_within_its_edges() -> None:
    cut = chosen(mark("watermark", box={"x": 120, "y": 0, "width": 3, "height": 3})).marks[0].cut
    assert cut is not None
    assert (cut.x + cut.width, cut.y) == (125, 0)
    assert (cut.width, cut.height) == cards.LEAST_MM
    outside = chosen(mark("watermark", box={"x": 300, "y": 0, "width": 3, "height": 3})).marks[0]
    assert outside.cut is None


def test_a_mark_is_shown_under_its_light_or_else_in_normal_light() -> None:
    box = {"x": 10, "y": 10, "width": 3, "height": 3}
    both = [
        {"light": light, "px_per_mm": 4, "blob": blob * 64} for light, blob in (("UV365", "b"), ("VIS", "a"))
    ]
    card = chosen(
        mark("uv-overprint", light="UV365", box=box),
        mark("latent-image", light="OBLIQUE", box=box),
        pages=[{"kind": "data", "pictures": both}],
    )
    assert {k.feature.term: k.sheet.light for k in card.marks if k.sheet} == {
        "uv-overprint": "UV365",
        "latent-image": "VIS",
    }


# --- on a page -----------------------------------------------------------------------------------


def test_the_card_shows_marks_number_and_alerts_that_its_reader_may_see(scene: Scene, page: Page) -> None:
    made = pictured(scene)
    alerted(scene)
    told = page(READER, "GET", f"/papers/versions/{made['id']}/card")
    assert told.status == 200
    for said in ("Watermark", "Tilt", "Transmitted light", "Typical imitation", "No watermark", "9{7}"):
        assert said in told.text, said
    assert told.text.index("Watermark") < told.text.index("Microprint")
    assert "Chip" not in told.text
    assert "/card" in page(READER, "GET", f"/papers/versions/{made['id']}").text


def test_what_another_bureau_keeps_to_itself_has_no_card_and_stands_on_none(scene: Scene, page: Page) -> None:
    hidden = published(scene, handling=only("XA"))
    for path in ("card", "card.pdf"):
        assert page(READER, "GET", f"/papers/versions/{hidden['id']}/{path}").status == 404
    assert scene(READER, "GET", f"/papers/versions/{hidden['id']}/card.pdf").status == 404
    made = published(scene, code="UTO-AO-01002")
    alerted(scene, code="UTO-AO-01002", handling=only("XA"))
    path = f"/papers/versions/{made['id']}/card"
    assert "No watermark" not in page("XD officer", "GET", path).text
    assert "No watermark" in page("XA officer", "GET", path).text


def test_a_hostile_text_stays_text(scene: Scene, page: Page) -> None:
    made = published(scene, title=EVIL)
    told = page(READER, "GET", f"/papers/versions/{made['id']}/card").text
    assert "<script>alert" not in told
    assert "&lt;script&gt;" in told


# --- on paper ------------------------------------------------------------------------------------


def test_the_pdf_is_one_page_and_the_journal_says_that_it_left(scene: Scene) -> None:
    made = pictured(scene)
    path = f"/papers/versions/{made['id']}/card.pdf"
    told = scene(READER, "GET", path)
    assert (told.status, told.header("content-type")) == (200, "application/pdf")
    assert told.body.startswith(b"%PDF-")
    assert scene(READER, "GET", path).body == told.body
    acts = [e["act"] for e in scene("XC supervisor", "GET", "/journal").json]
    assert "export" in acts


def test_however_much_is_said_it_is_one_page() -> None:
    long = "A mark that is described at length, with every detail that anybody ever saw of it. " * 40
    many = [mark("watermark", verify=long, about=long, risk=5) for _ in range(20)]
    shapes = [{"pattern": '"U"9{7}', "note": long[:400]}] * 40
    validity = [{"years": 10, "note": long[:400]}] * 20
    card = chosen(*many, patterns=shapes, validity=validity)
    alert = cards.CardAlert("a", "A" * 200, "counterfeit", long, "")
    stuffed = cards.Card(
        card.version, "restricted", card.marks, (), card.patterns, card.validity, (alert,) * 3, 5
    )

    desk: Any = SimpleNamespace(now=datetime(2026, 3, 14, tzinfo=UTC))
    document = cards_printing.document(desk, stuffed, "XA")
    assert isinstance(cards_printing.compiled(document, "png"), bytes), "a list is more pages than one"
