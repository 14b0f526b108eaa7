"""Live arrival in a browser: an open inbox shows what came without reload, and leaves alone what is typed."""

from playwright.sync_api import Page, expect

from entente.desk import HOUSE_ASKER, sit
from entente.rooms.bureaus import About, alert, by_code

from .served import Demo, Visit

SOON_MS = 3_000


def tell(demo: Demo, code: str, text: str) -> None:
    """The house alerts a bureau."""
    with sit(demo.house, HOUSE_ASKER, "see", writing=True) as desk:
        alert(desk, by_code(desk)[code].number, About("reminder", text=text))
        desk.note("see")


def rows(page: Page) -> str:
    return page.locator("live-inbox").inner_text()


def test_an_open_inbox_shows_what_came_and_says_so(visit: Visit, demo: Demo) -> None:
    page = visit()
    demo.sign_in(page, "officer@xb.example")
    with page.expect_response("**/inbox/part"):  # what came while it was being loaded
        page.goto("/inbox")
    before = rows(page)
    page.evaluate("window.same = true")
    tell(demo, "XB", "first")
    expect(page.locator("p[role=status]", has_text="Something new has arrived.")).to_have_count(
        1, timeout=SOON_MS
    )
    assert rows(page) != before
    assert page.evaluate("window.same") is True, "without reload"


def test_what_is_typed_and_where_the_focus_is_stay(visit: Visit, demo: Demo) -> None:
    page = visit()
    demo.sign_in(page, "officer@xb.example")
    with page.expect_response("**/inbox/part"):
        page.goto("/inbox")
    page.evaluate(
        """() => { const add = (into) => into.insertAdjacentHTML("afterbegin",
            '<form action="/x"><textarea name="note"></textarea><input type="checkbox" name="a" value="1">'
            + '<input type="checkbox" name="a" value="2"></form>');
          const real = window.fetch;
          window.fetch = async (...asked) => {
            const answer = await real(...asked), body = document.createElement("div");
            body.innerHTML = await answer.text();
            add(body);
            return new Response(body.innerHTML, { status: answer.status });
          };
          add(document.querySelector("live-inbox")); }"""
    )
    page.locator("[name=note]").press_sequentially("half a sen")
    page.locator("[value='2']").check()
    page.locator("[name=note]").focus()
    page.evaluate("document.querySelector('[name=note]').setSelectionRange(2, 4)")
    with page.expect_response("**/inbox/part"):
        tell(demo, "XB", "second")
    expect(page.locator("p[role=status]")).to_have_text("Something new has arrived.")
    expect(page.locator("[name=note]")).to_be_focused()
    assert page.locator("[name=note]").input_value() == "half a sen"
    assert page.evaluate("document.activeElement.selectionEnd") == 4
    assert [box.is_checked() for box in page.locator("[name=a]").all()] == [False, True]


def test_another_page_gets_a_dot_until_the_inbox_is_read(visit: Visit, demo: Demo) -> None:
    page = visit()
    demo.sign_in(page, "officer@xb.example")
    with page.expect_response("**/stream"):
        page.goto("/bureaus")
    dot = page.locator("a[data-live] .dot")
    expect(dot).to_have_count(0)
    tell(demo, "XC", "for others")
    page.wait_for_timeout(600)
    expect(dot).to_have_count(0)
    tell(demo, "XB", "third")
    expect(dot).to_contain_text("something new", timeout=SOON_MS)
    page.goto("/me")
    expect(dot).to_have_count(1)
    page.goto("/inbox")
    page.goto("/bureaus")
    expect(dot).to_have_count(0)


def test_tabs_of_one_browser_share_a_line(visit: Visit, demo: Demo) -> None:
    first = visit()
    opened: list[str] = []
    first.context.on("request", lambda asked: opened.append(asked.url) if "/stream" in asked.url else None)
    demo.sign_in(first, "officer@xb.example")
    with first.expect_response("**/stream"):
        first.goto("/bureaus")
    first.wait_for_timeout(1000)  # the response awaited may be that of the page before
    its_own = len(opened)
    tabs = [first.context.new_page() for _ in range(3)]
    for tab in tabs:
        tab.goto("/bureaus")
    assert len(opened) == its_own > 0, "none for the other tabs"
    tell(demo, "XB", "fourth")
    for tab in (first, *tabs):
        expect(tab.locator("a[data-live] .dot")).to_have_count(1, timeout=SOON_MS)
    with tabs[0].context.expect_event("request", lambda asked: asked.url.endswith("/stream")):
        first.close()  # it held the line: another takes it
