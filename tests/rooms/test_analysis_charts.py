"""Charts: two analysts at once, what each may see, snapshots, comparing, merging."""

import pytest

from rooms.charted import Charts, at, rid
from rooms.filed import LEAD
from rooms.scene import Scene, only, places

OTHER = "XB analyst"


@pytest.fixture
def charts(scene: Scene) -> Charts:
    made = Charts(scene)
    made.files.joined(made.file, OTHER, "analyst")
    return made


def test_a_chart_shows_what_is_placed_on_it_and_the_links_between(charts):
    a, b, c, ab, _bc = charts.known()
    chart = charts.made()
    charts.did(LEAD, chart, at(a, b))
    told = charts.one(OTHER, chart)
    assert {n["caption"] for n in told["nodes"]} == {"Ana Kovar", "Bela Ruza"}
    [link] = told["links"]
    assert (link["id"], {link["from"], link["to"]}, link["directed"]) == (ab, {a, b}, False)
    assert told["can"] == {"write": True}
    assert c not in str(told)


def test_two_analysts_at_once_lose_nothing(charts):
    a, b, c, *_ = charts.known()
    chart = charts.made(cells=at(a, b, c))
    mine = charts.did(LEAD, chart, {f"item/{a}": {"x": 7, "y": 7}})
    theirs = charts.did(OTHER, chart, {f"item/{b}": {"x": 9, "y": 9}}, after="")
    assert theirs["cells"][f"item/{a}"] == {"x": 7, "y": 7}
    heard = charts.ask(LEAD, "POST", f"/{chart}/steps", json={"after": mine["last"]}).json
    assert heard["cells"] == theirs["cells"]
    [step] = heard["steps"]
    assert step["by"].endswith("(XB)")
    assert step["commands"][0]["was"] == {f"item/{b}": {"x": 100, "y": 0}}


def test_of_the_same_cell_the_last_word_holds_and_both_steps_stay(charts):
    a, *_ = charts.known()
    chart = charts.made(cells=at(a))
    first = charts.did(LEAD, chart, {f"item/{a}": {"x": 1, "y": 1}})
    charts.did(OTHER, chart, {f"item/{a}": {"x": 2, "y": 2}})
    heard = charts.ask(LEAD, "POST", f"/{chart}/steps", json={"after": first["last"]}).json
    assert heard["cells"][f"item/{a}"] == {"x": 2, "y": 2}
    assert heard["steps"][0]["commands"][0]["was"] == {f"item/{a}": {"x": 1, "y": 1}}


def test_what_a_viewer_may_not_see_is_not_on_his_chart(charts):
    a, b, c, *_ = charts.known()
    [hidden] = charts.known(names=["Dario Fels"], handling=only("XA"))
    chart = charts.made(cells=at(a, b, c))
    before = charts.one(OTHER, chart)
    group = f"group/{rid()}"
    note = f"note/{rid()}"
    charts.did(
        LEAD,
        chart,
        at(hidden, y=300),
        {group: {"label": "The four", "ids": [a, hidden]}},
        {note: {"on": hidden, "text": "Met twice", "x": 0, "y": 0}},
    )
    assert charts.one(OTHER, chart) == before
    mine = charts.one(LEAD, chart)
    assert {group, note, f"item/{hidden}"} <= mine["cells"].keys()
    assert mine["cells"][note]["by"].endswith("(XA)")


def test_a_cell_that_names_what_is_not_there_is_left(charts):
    a, *_ = charts.known()
    [hidden] = charts.known(names=["Dario Fels"], handling=only("XA"))
    chart = charts.made()
    told = charts.did(OTHER, chart, {**at(a), **at(hidden), **at("0" * 32)})
    assert told["left"] == [f"item/{hidden}", f"item/{'0' * 32}"]
    assert told["cells"] == at(a)
    assert f"item/{hidden}" not in charts.one(LEAD, chart)["cells"]


def test_a_step_that_is_partly_hidden_shows_its_rest_without_its_words(charts):
    a, *_ = charts.known()
    [hidden] = charts.known(names=["Dario Fels"], handling=only("XA"))
    chart = charts.made()
    begun = charts.did(OTHER, chart, at(a))["last"]
    charts.did(LEAD, chart, {**at(a, x=50), **at(hidden)})
    heard = charts.ask(OTHER, "POST", f"/{chart}/steps", json={"after": begun}).json
    [step] = heard["steps"]
    assert (step["label"], list(step["commands"][0]["set"])) == ("", [f"item/{a}"])


def test_all_faults_of_a_step_are_named_at_once(charts):
    a, *_ = charts.known()
    chart = charts.made()
    said = {
        f"item/{a}": {"x": "far", "y": 0},
        "planet/x": {},
        f"note/{rid()}": {"text": "x" * 2001},
        f"drawn/{rid()}": {"from": a, "to": "b", "certainty": "sure"},
    }
    answer = charts.step(LEAD, chart, said)
    assert answer.status == 422
    assert len(places(answer)) == 5
    assert all(place.startswith("commands/0/set/") for place in places(answer))
    assert charts.one(LEAD, chart)["cells"] == {}


def test_notes_are_signed_by_who_wrote_them_not_by_who_moves_them(charts):
    chart = charts.made()
    note = f"note/{rid()}"
    wrote = charts.did(LEAD, chart, {note: {"on": "", "text": "Ask XB", "x": 0, "y": 0, "by": "Nobody"}})
    by = wrote["cells"][note]["by"]
    assert by.endswith("(XA)")
    moved = charts.did(OTHER, chart, {note: {**wrote["cells"][note], "x": 50}})
    assert (moved["cells"][note]["by"], moved["cells"][note]["x"]) == (by, 50)
    a, *_ = charts.known()
    pinned = charts.did(OTHER, chart, {note: {**moved["cells"][note], "on": a}})
    assert pinned["cells"][note]["by"].endswith("(XB)")  # what it is said of is part of what was said
    edited = charts.did(OTHER, chart, {note: {**moved["cells"][note], "text": "Asked"}})
    assert edited["cells"][note]["by"].endswith("(XB)")


def test_many_steps_are_folded_and_the_log_goes_on(charts, monkeypatch):
    monkeypatch.setattr("entente.rooms.analysis.charts.steps.FOLDED_AFTER", 3)
    a, *_ = charts.known()
    chart = charts.made()
    first = charts.did(LEAD, chart, at(a))["last"]
    for x in range(1, 8):
        last = charts.did(OTHER, chart, at(a, x=x))["last"]
    told = charts.ask(LEAD, "POST", f"/{chart}/steps", json={"after": first}).json
    assert (told["last"], told["cells"], len(told["steps"])) == (last, at(a, x=7), 7)
    assert charts.one(OTHER, chart)["last"] == last


def test_a_snapshot_stays_and_is_compared(charts):
    a, b, c, ab, bc = charts.known()
    chart = charts.made(cells=at(a, b))
    frozen = charts.ask(LEAD, "POST", f"/{chart}/snapshots", json={"title": "May"}).json
    assert (frozen["snapshot"], frozen["can"]) == (True, {"write": False})
    charts.did(LEAD, chart, {f"item/{a}": None, **at(c, x=500), f"item/{b}": {"x": 1, "y": 2}})
    assert charts.step(LEAD, frozen["id"], at(c)).status == 403
    assert charts.one(LEAD, frozen["id"])["cells"] == at(a, b)
    told = charts.ask(OTHER, "GET", f"/{frozen['id']}/compare?with={chart}").json
    assert told["items"] == {"added": [c], "removed": [a]}
    assert told["moved"] == [b]
    assert told["links"] == {"added": [bc], "removed": [ab]}
    assert {n["id"] for n in told["nodes"]} == {a, b, c}


def test_another_chart_comes_in_beside_and_what_stands_stays(charts):
    a, b, c, *_ = charts.known()
    chart, second = charts.made(cells=at(a, b)), charts.made(title="Second", cells=at(b, c, x=-50))
    note = f"note/{rid()}"
    charts.did(OTHER, second, {note: {"text": "Theirs", "x": 0, "y": 0}})
    told = charts.ask(LEAD, "POST", f"/{chart}/merge", json={"chart": second}).json
    assert {k: told["cells"][k] for k in at(a, b)} == at(a, b)
    assert told["cells"][f"item/{c}"]["x"] > 100
    assert told["cells"][note]["by"].endswith("(XB)")


def test_a_private_chart_is_for_its_own_bureau(charts):
    chart = charts.made(private=True)
    assert charts.ask(OTHER, "GET", f"/{chart}").status == 404
    assert charts.ask(OTHER, "GET").json == []
    assert charts.one(LEAD, chart)["private"] is True


def test_who_only_reads_the_file_reads_its_charts(charts):
    charts.files.joined(charts.file, "XC analyst", "reader")
    chart = charts.made()
    assert charts.one("XC analyst", chart)["can"] == {"write": False}
    assert charts.step("XC analyst", chart, {f"note/{rid()}": {"text": "No"}}).status == 403
    assert charts.ask("XC analyst", "POST", json={"title": "Mine"}).status == 403


def test_a_member_who_is_removed_while_the_chart_is_open_finds_nothing(charts):
    chart = charts.made()
    [other] = [m["id"] for m in charts.files.one(LEAD, charts.file)["members"] if m["bureau"] == "XB"]
    assert charts.scene(LEAD, "DELETE", f"/files/{charts.file}/members/{other}").status == 204
    gone = charts.step(OTHER, chart, {f"note/{rid()}": {"text": "Still here"}})
    never = charts.step(OTHER, "0" * 32, {f"note/{rid()}": {"text": "Still here"}})
    assert (gone.status, gone.text) == (404, never.text)


def test_who_made_a_chart_or_a_lead_deletes_it(charts):
    theirs, mine = charts.made(OTHER), charts.made(LEAD)
    assert charts.ask(OTHER, "DELETE", f"/{mine}").status == 403
    assert charts.ask(OTHER, "DELETE", f"/{theirs}").status == 204
    assert charts.ask(LEAD, "GET", f"/{theirs}").status == 404
    assert charts.ask(LEAD, "PATCH", f"/{mine}", json={"title": "Kestrel, again"}).json["title"]
    assert charts.ask(LEAD, "DELETE", f"/{mine}").status == 204


def test_more_items_than_a_chart_holds_are_refused(charts, monkeypatch):
    monkeypatch.setattr("entente.rooms.analysis.charts.cells.MOST_ITEMS", 2)
    a, b, c, *_ = charts.known()
    chart = charts.made(cells=at(a, b))
    assert places(charts.step(LEAD, chart, at(c))) == ["commands"]
    assert charts.step(LEAD, chart, at(a, x=9)).status == 200
