"""Markdown in reports becomes data that says every letter, and nothing that anybody could run."""

from hypothesis import given
from hypothesis import strategies as st

from entente.rooms.analysis.reports.form_of_blocks import SORTS, done, to_blocks, to_fields
from entente.rooms.publications.freezing import leveled
from entente.rooms.publications.markdown import cited, parsed, plain

A, B = "a" * 32, "b" * 32
SIGNS = ["**", "*", "`", "[[", "]]", "\\", "\n", "\n\n", "- ", "1. ", "# ", "#### ", "> ", "<b>"]
PIECES = [*SIGNS, "word ", A, f"[[{B}]]"]
texts = st.lists(st.sampled_from(PIECES), max_size=30).map("".join) | st.text(max_size=200)


def numbers(text: str) -> dict[str, int]:
    return {id: n for n, id in enumerate(cited(text), 1)}


@given(texts)
def test_every_text_is_read_and_cites_what_it_says(text: str) -> None:
    known = numbers(text)
    blocks = parsed(text, known)
    runs = [r for b in blocks for part in ([b] if "in" in b else b["items"]) for r in part["in"]]
    assert {r["n"] for r in runs if "n" in r} <= set(known.values())
    assert all(set(r) <= {"s", "b", "i", "c", "n"} for r in runs)


@given(st.text(alphabet="abc <>&/'\"=()", max_size=100))
def test_letters_that_mean_nothing_stay_as_they_are(text: str) -> None:
    text = f"x{text}"  # at the start of a line, > would be a quotation
    said = "".join(run["s"] for block in parsed(text, {}) for run in block["in"])
    assert said.split() == text.split()


def test_escaped_brackets_cite_nothing() -> None:
    assert parsed(f"[\\[{A}]]", {}) == [{"t": "p", "in": [{"s": f"[[{A}]]"}]}]
    assert plain(f"[[{A}]] and [[{B}]]", {A: 1}) == f"[1] and [[{B}]]"


@given(
    st.lists(
        st.tuples(st.sampled_from(["text", "profile", "table"]), st.lists(st.integers(2, 4), max_size=4))
    )
)
def test_headings_never_go_down_more_than_one_step(drawn) -> None:
    blocks = [
        {"sort": sort, "text": [{"t": "h", "level": n, "in": []} for n in levels], "caption": "x"}
        for sort, levels in drawn
    ]
    before = 1
    for block in leveled(blocks):
        own = [block["level"]] if "level" in block else []
        inside = [p["level"] for p in block["text"]] if block["sort"] != "table" else []
        for level in [*own, *inside]:
            assert 2 <= level <= before + 1
            before = level


@given(st.sampled_from(SORTS), st.integers(0, 4), st.sampled_from(["up", "down", "drop", "add", "save"]))
def test_the_form_gives_back_the_blocks_it_was_made_of(sort: str, many: int, do: str) -> None:
    blocks = []
    for _ in range(many):
        blocks = done(blocks, f"add-{sort}")
    typed = {f"b{n}-{k}": v for n, b in enumerate(blocks) for k, v in to_fields(b).items() if v}
    assert [b["sort"] for b in to_blocks(typed)] == [sort] * many
    after = done(blocks, f"{do}-0")
    assert len(after) == many - (do == "drop" and many > 0)
