"""A case in a browser: reviewed abroad, cleared, printed in a casebook, downloaded; a retrial takes its
judgment away, and the house prints the erratum."""

from hashlib import sha256
from typing import Any

from playwright.sync_api import Page, expect

from rooms.cased import claim, evidence, file, outcome, proceeding

from .served import Demo, Visit
from .test_papers import PHONE, no_sideways, press
from .test_payments_followed import looked_at

TITLE = "The Vinegar Barges"
JUDGMENT = ("Court of Norport. 45. The three acted in concert, for profit, over two years.\n" * 20).encode()
ASK = """async ([method, path, said, text]) => {
  const headers = {"entente-purpose": "analysis", "entente-justification": "XA-2026-0519"};
  headers["content-type"] = text ? "application/octet-stream" : "application/json";
  const answer = await fetch(`/api/v1/cases${path}`, {method, headers, body: text || JSON.stringify(said)});
  return [answer.status, await answer.json()];
}"""


def ask(page: Page, method: str, path: str, said: Any = None, text: str = "") -> dict[str, Any]:
    """Over the API, from an officer's own page."""
    status, told = page.evaluate(ASK, [method, path, said, text])
    assert status in (200, 201), told
    kept: dict[str, Any] = told.get("case", told) if "number" in told else told
    return kept


def written(page: Page) -> str:
    """A case whose claim rests on a final judgment, and whose evidence is complete; its address."""
    case = ask(page, "POST", "", file(title=TITLE, see=["XB", "XC"], goods=["alcohol.spirits"]))
    at = f"/{case['id']}"

    def put(method: str, path: str, **said: Any) -> None:
        nonlocal case
        case = ask(page, method, f"{at}{path}", {"version": case["version"], **said})

    group = {"name": "The river group", "sort": "group", "roles": ["producer"]}
    paper = evidence(sha256=sha256(JUDGMENT).hexdigest())
    put("POST", "/steps", step="take_up")
    put("POST", "/parties", party=group)
    put("POST", "/proceedings", proceeding=proceeding())
    put("POST", "/evidence", evidence=paper)
    ask(page, "PUT", f"{at}/evidence/1/file?version={case['version']}", text=JUDGMENT.decode())
    case = {**case, "version": case["version"] + 1}
    put("POST", "/claims", claim=claim(text="The group laundered what the whisky earned."))
    for item in ("1", "2", "3", "4", "5", "6", "7", "8a"):
        put("PUT", f"/checklist/{item}", check={"answer": "met", "evidence": [1]})
    put("POST", "/proceedings/1/final", final_on="2025-04-02")
    return f"/cases/{case['id']}"


def reviewed(author: Page, boss: Page, reviewer: Page, case: str) -> None:
    """Sent abroad, accepted claim by claim in person, cleared by a supervisor who did not write at it."""
    author.goto(case)
    expect(author.locator("#c1")).to_contain_text("P3 · Final")
    expect(author.get_by_label("Where it stands")).to_contain_text("Why it is not in the casebook")
    looked_at(author)
    press(author, "The evidence is complete")
    author.locator("[name=reviewer]").select_option("XB")
    press(author, "Send")
    expect(author.locator("p.line").first).to_contain_text("In review")

    reviewer.goto("/cases?which=review")
    reviewer.get_by_role("link", name=TITLE).click()
    reviewer.get_by_role("link", name="Review it").click()
    looked_at(reviewer)
    reviewer.locator("[name='decision/1'][value=accept]").check()
    press(reviewer, "Give the review")
    expect(reviewer.locator("p.line").first).to_contain_text("Admitted")

    boss.goto(case)
    press(boss, "Clear for publication")
    expect(boss.locator("p.line").first).to_contain_text("Admitted")
    expect(boss.get_by_label("Where it stands")).to_contain_text("It may stand in the casebook.")


def published(author: Page, boss: Page, name: str) -> None:
    """A book with this case and one of the demo's, approved by a second hand."""
    author.goto("/casebooks")
    author.locator("#f-title").fill(name)
    press(author, "Begin")
    author.wait_for_url("**/casebooks/*/edit")
    author.locator("#cases .field", has_text=TITLE).get_by_role("checkbox").check()
    author.locator("#cases .field", has_text="Two Left Shoes").get_by_role("checkbox").check()
    author.locator("#f-count_why").fill("It is of one river.")
    author.locator("#recipients [value=XB]").check()
    looked_at(author)
    press(author, "Save")
    expect(author.locator("main")).to_contain_text("2 admitted of 25 to 30")
    looked_at(author)
    with author.expect_download() as draft:
        author.get_by_role("link", name="PDF", exact=True).click()
    assert draft.value.path().read_bytes().startswith(b"%PDF")
    author.locator("#f-approver").select_option(label="Wim Aldering")
    press(author, "Ask for the approval")
    boss.goto(author.url)
    press(boss, "Approve")
    press(boss, "Publish and send the copies")
    expect(boss.locator("p.line").first).to_contain_text("Published")


def opened(reader: Page, name: str) -> None:
    """The reader's copy: every link with its footnote."""
    reader.goto("/reports")
    reader.get_by_role("link", name=name).click()
    expect(reader.locator("article.report h1")).to_have_text(name)


def test_a_case_is_reviewed_printed_and_taken_out_by_the_house(visit: Visit, demo: Demo) -> None:
    author, boss, reviewer = visit(), visit(), visit()
    for page, email in ((author, "analyst@xa.example"), (boss, "second@xa.example"),
                        (reviewer, "officer@xb.example")):  # fmt: skip
        demo.sign_in(page, email)
    case, name = written(author), "Against the false bottles"
    reviewed(author, boss, reviewer, case)
    published(author, boss, name)

    opened(reviewer, name)
    asserted = reviewer.locator("article p", has_text="The group laundered what the whisky earned.")
    note = asserted.locator("sup a").get_attribute("href") or ""
    expect(reviewer.locator(f"[id='{note[1:]}']")).to_contain_text("p. 12, para 45")
    expect(reviewer.locator(f"[id='{note[1:]}']")).to_contain_text(sha256(JUDGMENT).hexdigest())
    looked_at(reviewer)
    for form, begins in (("PDF", b"%PDF"), ("HTML", b"<!"), ("DOCX", b"PK")):
        with reviewer.expect_download() as took:
            reviewer.get_by_role("link", name=form, exact=True).click()
        assert took.value.path().read_bytes().startswith(begins)

    # A retrial acquits. Nobody touches the book; the house does what is due.
    author.goto(f"{case}/proceedings/new")
    author.locator("[name=court]").fill("Court of Norport")
    author.locator("[name=country]").fill("xa") if author.locator("input[name=country]").count() else (
        author.locator("[name=country]").select_option("xa")
    )
    author.locator("[name=stage]").select_option("retrial")
    author.locator("[name=date]").fill("2025-09-01")
    author.locator("[name=overturns]").select_option("1")
    author.locator("[name='outcomes/0/defendant']").fill(outcome("Ivo Marenko")["defendant"])
    author.locator("[name='outcomes/0/verdict']").select_option("acquitted")
    author.locator("form.wide-form button").first.click()
    author.wait_for_url(f"**{case}*")
    expect(author.locator("#c1")).to_contain_text("PX")
    looked_at(author)
    demo.work()
    opened(reviewer, name)
    errata = reviewer.locator("article.report")
    expect(errata).to_contain_text("Errata")
    expect(errata).to_contain_text("was overturned by proceeding 2")
    expect(errata).not_to_contain_text("The group laundered what the whisky earned.")
    looked_at(reviewer)
    reviewer.goto("/inbox")
    told = reviewer.locator(".alerts li", has_text="A report was printed anew with an erratum")
    expect(told.first).to_be_visible()
    boss.reload()
    expect(boss.locator("main")).to_contain_text("1 admitted of 25 to 30")


def test_cases_and_casebooks_in_arabic_on_a_phone(visit: Visit, demo: Demo) -> None:
    page = visit("ar", viewport=PHONE)
    demo.sign_in(page, "second@xa.example")
    addresses = ["/cases", "/cases/matrix", "/casebooks", "/cases/new", "/reports"]
    for listed in ("/cases", "/casebooks"):
        page.goto(listed)
        addresses.append(page.locator("tbody th a").first.get_attribute("href") or "")
    for address in addresses:
        page.goto(address)
        no_sideways(page)
        text = page.locator("main").inner_text()
        assert sum("\u0600" <= letter <= "\u06ff" for letter in text) > 20, address
