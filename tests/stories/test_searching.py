""" "A front-line officer has seconds: the one box is the home page, takes anything, says what it understood,
and answers while he watches." The main job, from a question in another script to the owner's confirmation."""

import re

import pytest
from playwright.sync_api import expect

from entente.match.mrz import check_digit

from .served import Demo, Visit
from .steps import CASE, ask, parts_add_up, say_why

RESULTS = {"en": "Same", "ar": "نفسه"}


@pytest.mark.parametrize("lang", ["en", "ar"])
def test_an_officer_finds_a_person_and_the_owner_confirms(visit: Visit, demo: Demo, lang: str) -> None:
    """ "Sign in, ask once why, type a name in another script; candidates appear while typing stops, each says
    why, parts sum; open the record, verdict same; the owner sees it with a clock and confirms." """
    asker = visit(lang)
    demo.sign_in(asker, "officer@xa.example")
    assert asker.locator("html").get_attribute("dir") == ("rtl" if lang == "ar" else "ltr")

    say_why(asker, why=f"{CASE} {lang}")
    candidates = ask(asker, "Антон Велков 1971")
    expect(candidates).not_to_have_count(0)
    for card in candidates.all():
        parts_add_up(card)
    first = candidates.first
    expect(first).to_contain_text("Anton Velkov")
    expect(first.locator(".over")).to_contain_text("Bureau of Belmark")
    expect(asker.locator("#inquiry")).to_contain_text(CASE)  # asked once, now a line

    assert ask(asker, "Velkow 1971").first.locator("h3").inner_text() == "Anton Velkov"
    asker.locator(".candidate h3 a", has_text="Anton Velkov").click()
    expect(asker.locator("h1")).to_have_text("Anton Velkov")
    asker.locator("aside .verdict .v-same").click()
    expect(asker.locator(".judged")).to_contain_text(RESULTS[lang])
    asker.locator(".judged a").click()
    hit = asker.url
    expect(asker.locator(".clock")).to_be_visible()

    owner = visit()
    demo.sign_in(owner, "officer@xb.example")
    owner.get_by_role("link", name="Inbox").click()
    row = owner.get_by_role("row", name=f"{CASE} {lang}")
    expect(row).to_contain_text("Bureau of Arvenia")
    expect(row).to_contain_text("Border check")
    expect(row.locator(".clock")).to_contain_text(re.compile(r"in (60|59) minutes|in 1 hour|^59:\d\d$"))
    row.get_by_role("link").click()
    owner.get_by_label("Note to the bureau that asked").fill("Hold him; we send the prints.")
    owner.get_by_role("button", name="Confirm").click()
    expect(owner.locator(".line")).to_contain_text("Confirmed")

    asker.goto(hit)
    expect(asker.locator(".line .badge.good")).to_be_visible()
    expect(asker.locator("main")).to_contain_text("Hold him; we send the prints.")


def test_the_main_job_is_done_without_script(visit: Visit, demo: Demo) -> None:
    """ "Usable without script": the same way, page by page."""
    asker = visit(script=False)
    demo.sign_in(asker, "analyst@xa.example")
    say_why(asker, why="XA-2026-0418")
    asker.locator("#q").fill("Velkow 1971")
    asker.locator("#q").press("Enter")
    first = asker.locator(".candidate").first
    expect(first).to_contain_text("Anton Velkov")
    parts_add_up(first)
    first.get_by_label("Urgent").check()
    first.get_by_role("button", name="Same", exact=True).click()
    asker.wait_for_url(re.compile("/hits/"))
    expect(asker.locator(".line")).to_contain_text("Urgent")

    owner = visit(script=False)
    demo.sign_in(owner, "officer@xb.example")
    owner.goto("/inbox")
    owner.get_by_role("row", name="XA-2026-0418").get_by_role("link").click()
    owner.get_by_role("button", name="Deny").click()
    asker.goto("/inbox?sent=yes")
    expect(asker.get_by_role("row", name="XA-2026-0418")).to_contain_text("Denied")


def test_a_question_is_not_lost_for_want_of_a_reason(visit: Visit, demo: Demo) -> None:
    page = visit()
    demo.sign_in(page, "officer@xa.example")
    page.locator("#q").fill("Velkow 1971")
    page.get_by_role("button", name="Search").click()
    expect(page.locator(".candidate")).to_have_count(0)
    say_why(page)
    page.get_by_role("button", name="Search").click()
    expect(page.locator(".candidate").first).to_contain_text("Anton Velkov")


def test_back_from_a_record_the_question_still_stands(visit: Visit, demo: Demo) -> None:
    page = visit()
    demo.sign_in(page, "officer@xa.example")
    say_why(page)
    ask(page, "Velkow 1971").first.locator("h3 a").click()
    expect(page.locator("h1")).to_have_text("Anton Velkov")
    page.go_back()
    expect(page.locator("#q")).to_have_value("Velkow 1971")
    expect(page.locator(".candidate").first).to_contain_text("Anton Velkov")


def test_a_hint_says_contact_the_owner_and_no_more(visit: Visit, demo: Demo) -> None:
    """ "A hint-only record answers: contact bureau XC, one row." """
    page = visit()
    demo.sign_in(page, "officer@xa.example")
    say_why(page, why="XA-2026-0501")
    ask(page, "Salma Okray 1984-06-11 C51200387")
    rows = page.locator(".contact")
    expect(rows).to_have_count(1)
    expect(rows).to_contain_text("XC")
    expect(rows).to_contain_text("Duty desk Cordava City")
    expect(page.locator("#answer")).not_to_contain_text("Okray, ")
    token = rows.locator("code").inner_text()

    demo.work()
    owner = visit()
    demo.sign_in(owner, "officer@xc.example")
    owner.goto("/inbox")
    notice = owner.get_by_role("row", name="XA-2026-0501")
    expect(notice).to_contain_text("Told to contact you")
    notice.get_by_role("link").click()
    expect(owner.locator("main")).to_contain_text(token)
    expect(owner.locator("main")).to_contain_text("Salma Okray")


def test_a_watched_record_tells_its_owner_silently(visit: Visit, demo: Demo) -> None:
    """ "A watched record tells its owner silently": the asker sees a candidate like any other."""
    page = visit()
    demo.sign_in(page, "analyst@xa.example")
    say_why(page, why="XA-2026-0502")
    expect(ask(page, "Levan Tskitishvar").first).to_contain_text("Levan Tskitishvar")
    assert "watch" not in page.content().lower()

    demo.work()
    owner = visit()
    demo.sign_in(owner, "officer@xd.example")
    owner.goto("/inbox")
    expect(owner.get_by_role("row", name="XA-2026-0502")).to_contain_text("Silent match")


def zone() -> str:
    """The machine readable zone of the demo's Anton Velkov (ICAO Doc 9303 part 4), check digits right."""
    number, birth, expiry, personal = "B70441920", "710305", "310304", "<" * 14
    dated = f"{birth}{check_digit(birth)}M{expiry}{check_digit(expiry)}"
    second = f"{number}{check_digit(number)}XXB{dated}{personal}<"
    whole = check_digit(second[:10] + second[13:20] + second[21:43])
    return f"{'P<XXBVELKOV<<ANTON':<<44}\n{second}{whole}"


def test_the_box_takes_anything_and_says_what_it_understood(visit: Visit, demo: Demo) -> None:
    """ "Takes anything (a name, a number, a plate, an IBAN, a pasted MRZ), says what it understood." """
    page = visit()
    demo.sign_in(page, "officer@xa.example")
    say_why(page)
    ask(page, "XD 417 KLM")
    expect(page.locator(".understood")).to_contain_text("Number plate XD 417 KLM")
    expect(page.locator(".candidate").first).to_contain_text("The same number plate")

    ask(page, "DE89 3704 0044 0532 0130 00")
    expect(page.locator(".understood")).to_contain_text("IBAN DE89 3704 0044 0532 0130 00")
    expect(page.locator("#answer .notice")).to_have_count(0)
    ask(page, "DE88 3704 0044 0532 0130 00")
    expect(page.locator("#answer .notice")).to_contain_text("The check digit does not fit (IBAN)")

    box = page.locator("#q")
    box.fill("")
    with page.expect_response("**/search"):
        page.keyboard.insert_text(zone())
    assert box.input_value() == zone()  # its two lines are kept
    expect(page.locator(".understood")).to_contain_text("Machine readable zone TD3")
    expect(page.locator(".understood")).to_contain_text("Document number B70441920")
    expect(page.locator(".candidate").first).to_contain_text("Anton Velkov")
    expect(page.locator(".candidate").first).to_contain_text("The same document number")


def test_filters_narrow_and_a_wrong_one_is_told(visit: Visit, demo: Demo) -> None:
    page = visit()
    demo.sign_in(page, "officer@xa.example")
    say_why(page)
    ask(page, "Anton Velkov")
    page.get_by_text("Narrow it down").click()
    page.locator("#f-born").fill("1950")
    page.locator("#f-born").blur()
    expect(page.locator(".candidate", has_text="Anton Velkov")).to_have_count(0)
    page.locator("#f-born").fill("~1971")
    page.locator("#f-born").blur()
    expect(page.locator(".candidate").first).to_contain_text("Anton Velkov")
    page.locator("#f-born").fill("soon")
    page.locator("#f-born").blur()
    expect(page.locator("#answer [role=alert]")).to_contain_text("soon")
