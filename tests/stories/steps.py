"""What officers do in every story."""

from playwright.sync_api import Locator, Page, expect

from entente.core.scoring import probability

CASE = "XA-2026-0417, night desk"


def say_why(page: Page, purpose: str = "border", why: str = CASE) -> None:
    """Answer the box's first question: purpose and justification."""
    page.locator("#f-purpose").select_option(purpose)
    page.locator("#f-justification").fill(why)


def ask(page: Page, text: str) -> Locator:
    """Type into the one box and wait until what stands below answers just that; returns the candidates."""
    box = page.locator("#q")
    box.fill("")
    with page.expect_response(lambda r: r.url.endswith("/search") and said(r.request.post_data) == text):
        box.press_sequentially(text, delay=10)
    expect(page.locator("#busy")).to_be_hidden()
    return page.locator(".candidate")


def said(form: str | None) -> str:
    from urllib.parse import parse_qs

    return parse_qs(form or "").get("q", [""])[0]


def parts_add_up(card: Locator) -> None:
    """What an officer reads below "Why" adds up, as log-odds, to the score he reads above."""
    score = int(card.locator(".score .num").inner_text())
    parts = [float(text) for text in card.locator(".reasons td .num").all_inner_texts()]
    assert len(parts) >= 2
    assert abs(100 * probability(sum(parts)) - score) <= 2


def fill_in(page: Page, **values: str) -> None:
    """Fill fields of a record's form by property name."""
    for name, value in values.items():
        page.locator(f"#p-{name}").fill(value)


def go(page: Page, name: str) -> None:
    """By a link of the menu "More"."""
    page.get_by_text("More", exact=True).click()
    page.locator(".main-nav").get_by_role("link", name=name).click()


def take_note(page: Page, of: str) -> None:
    """Take note of an alert in the open inbox."""
    page.locator(".alerts li", has_text=of).first.get_by_role("button").click()


def inbox(page: Page) -> Locator:
    """The open inbox, listening; returns what is renewed in it."""
    with page.expect_response("**/inbox/part*"):
        page.goto("/inbox")
    page.evaluate("window.same = true")
    return page.locator("live-inbox")


def not_reloaded(page: Page) -> bool:
    return bool(page.evaluate("window.same === true"))


def write(page: Page, to: str, subject: str, *questions: str, **said: str) -> None:
    """Fill the form of a message; what its words are does not matter, so that it does in every language."""
    page.goto("/messages/new")
    page.locator(f"input[name=to][value={to}]").check()
    page.locator(f"input[name=urgency][value={said.pop('urgency', 'routine')}]").check()
    page.locator("#f-subject").fill(subject)
    for name, value in said.items():
        page.locator(f"#f-{name}").fill(value)
    for number, question in enumerate(questions, 1):
        page.locator(f"#q-{number}").fill(question)


def reply(page: Page, question: int, how: str, text: str = "", until: str = "") -> None:
    """Say how a question of the open request is answered."""
    page.locator(f"input[name=how-{question}][value={how}]").check()
    page.locator(f"#text-{question}").fill(text)
    if until:
        page.locator(f"#until-{question}").fill(until)
