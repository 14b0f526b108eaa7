"""Pages of seizures: eight fields and a key, doubts before keeping, one button that shares, files."""

import re
from collections.abc import Callable

import pytest

from entente.rooms.trends.seizures import pages
from rooms.posting import Upload
from rooms.scene import Scene
from rooms.seized import AUTHOR, OFFICER, OFFICER_B, OTHER, Customs, item
from worlds.stage import Answer, Caller, Crew

Page = Callable[..., Answer]
SHORT = [
    ("form", "simple"),
    ("items/0/what", "chlorpyrifos"),
    ("items/0/quantity", "1200 kg"),
    ("date", "2026-01-10"),
    ("country", "XB, Norport"),
    ("from", "XC"),
    ("to", "XB"),
    ("mode", "sea"),
    ("detection", "scanner"),
    ("do", "keep"),
]
"""Eight fields; the form's own name and the button beside them."""


@pytest.fixture
def customs(scene: Scene) -> Customs:
    return Customs(scene)


def changed(**said: str) -> list[tuple[str, str]]:
    names = {name.replace("__", "/"): value for name, value in said.items()}
    return [(name, names.pop(name, value)) for name, value in SHORT] + list(names.items())


def hidden(answer: Answer, name: str) -> str:
    found = re.search(f'name="{name}" value="([^"]*)"', answer.text)
    assert found, answer.text
    return found[1]


def test_eight_fields_and_the_enter_key_keep_a_seizure(page: Page, customs: Customs) -> None:
    typed = [value for name, value in SHORT if name not in ("form", "do")]
    assert len(typed) == 8 and sum(map(len, typed)) <= 60
    answer = page(AUTHOR, "POST", "/trends/seizures/new", SHORT)
    assert answer.status == 303, answer.text
    (row,) = customs.list(OFFICER, purpose="")
    assert (row["country"], row["place"], row["quantity"]) == ("xb", "Norport", "1200")
    whole = customs.open(OFFICER, row["id"], purpose="").json
    assert [(leg["role"], leg["country"], leg["mode"]) for leg in whole["route"]] == [
        ("origin", "xc", ""),
        ("intended_destination", "xb", "sea"),
    ]
    assert "Chlorpyrifos" in page(OFFICER, "GET", f"/trends/seizures/{row['id']}").text


def test_faults_stand_at_their_fields_and_what_was_typed_stays(page: Page, customs: Customs) -> None:
    form = changed(to="Atlantis", date="2031", items__0__quantity="-3 kg")
    answer = page(AUTHOR, "POST", "/trends/seizures/new", form)
    assert answer.status == 422
    for field in ("f-to", "f-date", "f-items/0/quantity"):
        assert f'href="#{field}"' in answer.text and f'id="{field}"' in answer.text
    assert 'value="Atlantis"' in answer.text
    assert customs.list(OFFICER, purpose="") == []


def test_doubts_are_shown_before_anything_is_kept_and_kept_with_on_the_second_press(
    page: Page, customs: Customs
) -> None:
    form = changed(items__0__quantity="2 containers")
    first = page(AUTHOR, "POST", "/trends/seizures/new", form)
    assert first.status == 200 and "cannot be added up" in first.text
    assert customs.list(OFFICER, purpose="") == []
    again = [*form, ("seen", hidden(first, "seen"))]
    assert page(AUTHOR, "POST", "/trends/seizures/new", again).status == 303
    assert len(customs.list(OFFICER, purpose="")) == 1


def test_one_that_is_there_already_is_shown_before_it_is_kept_again(page: Page, customs: Customs) -> None:
    kept = customs.kept()
    answer = page(AUTHOR, "POST", "/trends/seizures/new", SHORT)
    assert answer.status == 200 and f"/trends/seizures/{kept['id']}" in answer.text
    assert len(customs.list(OFFICER, purpose="")) == 1


def test_the_long_form_takes_over_what_the_short_one_had(page: Page) -> None:
    answer = page(AUTHOR, "POST", "/trends/seizures/new", changed(do="long"))
    assert 'name="items/0/hs"' in answer.text and 'value="chlorpyrifos"' in answer.text
    assert 'name="place" type="text" value="Norport"' in answer.text


def test_a_correction_keeps_every_field_that_is_not_touched(page: Page, customs: Customs) -> None:
    kept = customs.kept(
        concealment=["cover_load"],
        items=[
            item(hs="380891", edition="2022", batch="L-4417"),
            item(what="ivory", quantity="2-3 kg", state=""),
        ],
        conveyances=[{"kind": "container", "number": "CSQU3054383"}],
        summary="Under a cover load of lime.",
        place_kind="seaport",
    )
    path = f"/trends/seizures/{kept['id']}/edit"
    shown = page(AUTHOR, "GET", path).text
    fields = re.findall(r'<input[^>]*name="([^"]+)"[^>]*value="([^"]*)"', shown)
    fields += re.findall(r'<textarea[^>]*name="([^"]+)"[^>]*>([^<]*)</textarea>', shown)
    for name, options in re.findall(r'<select id="[^"]*" name="([^"]+)"[^>]*>(.*?)</select>', shown, re.S):
        chosen = re.search(r'value="([^"]*)" selected', options)
        fields.append((name, chosen[1] if chosen else ""))
    form = [
        (n, v) for n, v in fields if n not in ("concealment", "seen", "do") and not n.endswith("confirmed")
    ]
    form += [("concealment", "cover_load"), ("do", "keep")]
    first = page(AUTHOR, "POST", path, form)
    if first.status == 200:
        first = page(AUTHOR, "POST", path, [*form, ("seen", hidden(first, "seen"))])
    assert first.status == 303, first.text
    after = customs.open(OFFICER, kept["id"], purpose="").json
    differs = {name for name in after if after[name] != kept[name]}
    assert differs <= {"version", "changed", "doubts", "form", "ref"}, {
        n: (kept[n], after[n]) for n in differs
    }


def test_one_button_shares_it_with_every_bureau(page: Page, customs: Customs) -> None:
    kept = customs.kept()
    path = f"/trends/seizures/{kept['id']}"
    assert page(OFFICER_B, "GET", path).status == 404
    assert page(AUTHOR, "POST", f"{path}/share", [("version", "1")]).status == 303
    assert page(OFFICER_B, "GET", path).status == 200
    assert page(AUTHOR, "POST", f"{path}/share", [("version", "1")]).status == 409


def test_persons_are_named_on_a_paper_of_their_own(page: Page, customs: Customs) -> None:
    kept = customs.share(AUTHOR, customs.kept())
    path = f"/trends/seizures/{kept['id']}"
    form = [("version", "0"), ("parties/0/role", "arrestee"), ("parties/0/name", "Ivo Marenko")]
    assert page(AUTHOR, "POST", f"{path}/parties", form).status == 303
    assert "Ivo Marenko" in page(AUTHOR, "GET", path).text
    assert "Marenko" not in page(OFFICER_B, "GET", path).text
    wrong = page(AUTHOR, "POST", f"{path}/parties", [("version", "1"), ("parties/0/name", "Nobody")])
    assert wrong.status == 422


def test_a_verdict_is_given_on_the_page(page: Page, customs: Customs) -> None:
    one = customs.kept(handling={"mode": "everyone"})
    other = customs.kept(OTHER, handling={"mode": "everyone"})
    path = f"/trends/seizures/{one['id']}"
    assert f'value="{other["id"]}"' in page(OFFICER, "GET", path).text
    form = [("other", other["id"]), ("verdict", "same")]
    assert page(OFFICER, "POST", f"{path}/verdict", form).status == 303
    assert "XA</span>" in page(OFFICER_B, "GET", f"/trends/seizures/{other['id']}").text


def test_the_home_lists_what_one_sees_and_says_when_that_is_his_own_alone(
    page: Page, customs: Customs
) -> None:
    kept = customs.kept(handling={"mode": "everyone"})
    assert kept["id"] in page(OFFICER_B, "GET", "/trends").text
    alone = page(OFFICER_B, "GET", "/trends?number=CSQU3054383")
    assert alone.status == 200 and kept["id"] not in alone.text
    assert page(OFFICER_B, "GET", "/trends?goods=nonsense").status == 422
    assert kept["id"] in page(OFFICER_B, "GET", "/trends?goods=agro&country=xb&since=2026-01-01").text


FILE = b"Date,Country,Goods,Menge\n2026-01-03,XB,chlorpyrifos,1200 kg\n2026-01-04,XB,cigarettes,4000 pieces\n"


def test_a_file_is_chosen_once_its_columns_are_said_and_it_is_kept(
    ask: Callable[..., Answer], crew: Crew, page: Page, customs: Customs
) -> None:
    sent = Upload(
        "POST", "/trends/import", form=[("do", "check")], files=[("s.csv", FILE)], under={"s.csv": "file"}
    )
    caller: Caller = ask.__self__  # type: ignore[attr-defined]
    first = caller(crew[AUTHOR], sent)
    assert first.status == 200 and "No quantity is said" in first.text
    assert customs.list(OFFICER, purpose="") == []
    columns = [("column/0", "date"), ("column/1", "country"), ("column/2", "what"), ("column/3", "quantity")]
    form = [*columns, ("held", hidden(first, "held")), ("name", "s.csv"), ("do", "keep")]
    assert page(AUTHOR, "POST", "/trends/import", form).status == 200
    assert {row["quantity"] for row in customs.list(OFFICER, purpose="")} == {"1200", "4000"}


def test_a_form_without_a_file_says_so(page: Page) -> None:
    answer = page(AUTHOR, "POST", "/trends/import", [("do", "check"), ("held", "")])
    assert answer.status == 422 and "No file was sent" in answer.text


@pytest.mark.parametrize(
    "path", ["/trends/conversions", "/trends/efforts", "/trends/import", "/trends/seizures/new"]
)
def test_every_form_opens(page: Page, path: str) -> None:
    assert page(AUTHOR, "GET", path).status == 200


def test_a_conversion_and_an_effort_are_kept_on_their_pages(page: Page) -> None:
    form = [("goods", "tobacco.cigarettes"), ("from_unit", "BX"), ("to_unit", "C62"), ("factor", "9000")]
    assert page(AUTHOR, "POST", "/trends/conversions", form).status == 422
    assert page(AUTHOR, "POST", "/trends/conversions", [*form, ("source", "Counted")]).status == 303
    kept = page(AUTHOR, "GET", "/trends/conversions").text
    assert "9000" in kept
    id = re.search(r"/trends/conversions/withdraw/(\w+)", kept)
    assert id and page(AUTHOR, "POST", f"/trends/conversions/withdraw/{id[1]}").status == 303
    effort = [("authority", "Customs of XA"), ("date", "2026-01"), ("checks", "812")]
    assert page(AUTHOR, "POST", "/trends/efforts", effort).status == 303
    assert "812" in page(AUTHOR, "GET", "/trends/efforts").text
    assert page(AUTHOR, "POST", "/trends/efforts", effort[:1]).status == 422


def test_no_page_of_seizures_writes_a_person_s_name_of_another_bureau(page: Page, customs: Customs) -> None:
    kept = customs.kept()
    for path in (f"/trends/seizures/{kept['id']}", f"/trends/seizures/{kept['id']}/edit"):
        assert page(OFFICER_B, "GET", path).status in (403, 404)


def test_every_door_of_the_room_leads_to_a_page(page: Page) -> None:
    for url, label in pages.LINKS:
        assert page(OFFICER, "GET", url).status == 200, label
