"""Tag packs: read without surprises, written back the same."""

import re
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from entente.match.money.addresses import chains_of, check_address
from entente.match.statements import tagpacks
from entente.match.statements.tagpacks import Tag, address_of, read_pack, write_pack

PACKS = sorted((Path(__file__).parents[3] / "shared" / "data" / "payments" / "graphsense").glob("*.yaml"))
needs_packs = pytest.mark.skipif(not PACKS, reason="shared/data/payments/graphsense is not here")

PACK = """title: A pack
creator: XA
currency: BTC
lastmod: 2026-01-15
source: case 1
tags:
- address: 1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa
  label: first
- address: 0x00aAeb6053F3E94C9b9A09f33669435E7Ef1BeAe
  label: second
  currency: ETH
  lastmod: 2026-01-16 10:00:00
"""


def test_what_the_head_says_holds_for_every_tag_that_says_nothing_else():
    first, second = read_pack(PACK.encode()).tags
    assert first == Tag(
        "1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa", "first", "BTC", "case 1", lastmod="2026-01-15", line=7
    )
    assert (second.currency, second.source, second.lastmod, second.line) == ("ETH", "case 1", "2026-01-16", 9)


def test_an_address_without_quotes_stays_the_text_it_is():
    assert read_pack(PACK.encode()).tags[1].address == "0x00aAeb6053F3E94C9b9A09f33669435E7Ef1BeAe"


def test_every_wrong_tag_is_named_with_its_line_and_the_others_are_read():
    bad = "- label: no address\n- address: x\n  label: y\n  lastmod: soon\n- just words\n"
    pack = read_pack((PACK + bad + "- address: [a]\n  label: b\n").encode())
    assert len(pack.tags) == 2
    assert [f.where for f in pack.faults] == ["line 13", "line 14", "tag 5", "line 18"]
    assert "no address" in pack.faults[0].what and "no date" in pack.faults[1].what


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("a: &x [1]\nb: *x\n", "alias"),
        ("tags: " + "[" * 50 + "]" * 50, "nested"),
        ("a: 1\n- b\n", "no YAML in line 2"),
        ("just words", "no TagPack"),
        ("tags: words", "no TagPack"),
        ("", "no TagPack"),
        ("title: a\ntitle: b\ntags: []\n", "twice"),
        ("? [a]\n: b\n", "without a name"),
        ("!!python/object/apply:os.system [ls]\n", "no TagPack"),
    ],
)
def test_what_is_no_pack_is_refused(text, what):
    with pytest.raises(ValueError, match=what):
        read_pack(text.encode())


def test_a_bomb_of_aliases_is_refused_before_it_grows():
    bomb = "a0: &a0 [x, x]\n" + "".join(f"a{n}: &a{n} [*a{n - 1}, *a{n - 1}]\n" for n in range(1, 60))
    with pytest.raises(ValueError, match="line 1"):
        read_pack((bomb + "tags: *a59\n").encode())


def test_too_much_is_refused(monkeypatch):
    monkeypatch.setattr(tagpacks, "MOST_TAGS", 1)
    with pytest.raises(ValueError, match="at most 1"):
        read_pack(PACK.encode())
    monkeypatch.setattr(tagpacks, "MOST_BYTES", 10)
    with pytest.raises(ValueError, match="at most 10"):
        read_pack(PACK.encode())
    with pytest.raises(ValueError, match="UTF-8"):
        read_pack(b"\xff")


words = st.text(st.characters(categories=["L", "N", "P", "S", "Zs"]), min_size=1, max_size=20).filter(
    lambda text: text == text.strip()
)
tags = st.builds(
    Tag,
    address=words,
    label=words,
    currency=st.sampled_from(["BTC", "ETH"]),
    source=words,
    confidence=st.sampled_from(["", "authority_data"]),
    actor=st.one_of(st.just(""), words),
    lastmod=st.sampled_from(["", "2026-01-15"]),
    is_cluster_definer=st.sampled_from(["", "true", "false"]),
)


@given(st.lists(tags, max_size=6))
def test_a_pack_that_is_written_reads_the_same(given_tags):
    back = read_pack(write_pack({"title": "t", "creator": "XA"}, given_tags))
    assert [replace(tag, line=0) for tag in back.tags] == given_tags and back.faults == ()
    assert back.head["title"] == "t"


def test_a_pack_that_is_written_has_yaml_s_own_types_and_says_once_what_all_share():
    told = [replace(t, is_cluster_definer="true") for t in read_pack(PACK.encode()).tags]
    raw = yaml.safe_load(write_pack({"title": "t", "creator": "XA"}, told))
    assert raw["is_cluster_definer"] is True and raw["source"] == "case 1"
    assert raw["tags"][1]["address"] == "0x00aAeb6053F3E94C9b9A09f33669435E7Ef1BeAe"
    assert str(raw["tags"][0]["lastmod"]) == "2026-01-15"


def test_a_pack_without_a_title_is_not_written():
    with pytest.raises(ValueError, match="title"):
        write_pack({"creator": "XA"}, [])


def test_a_token_is_on_the_chain_that_its_address_tells():
    assert address_of(Tag("TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t", "l", "USDT")).chain == "tron"
    found = address_of(Tag("0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed", "l", "USDT"))
    assert (found.chain, found.token) == ("ethereum", "USDT")
    assert address_of(Tag("abc", "l", "NEW")).form == "unverified"
    with pytest.raises(ValueError, match="mistyped"):
        address_of(Tag("1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNb", "l", "BTC"))


@given(st.text(max_size=200))
def test_no_text_breaks_the_reader(text):
    try:
        read_pack(text.encode("utf-8", "replace"))
    except ValueError as wrong:
        assert re.match(r"(is|has) ", str(wrong))


# --- public packs --------------------------------------------------------------------------------


@needs_packs
def test_every_public_tag_is_read_and_its_address_classified():
    """Of 72,008 addresses 8 marked as Bitcoin do not fit their check sum: the packs have them wrong."""
    found = [tag for path in PACKS for tag in read_pack(path.read_bytes()).tags]
    assert len(found) == 72_008
    forms: Counter[str] = Counter()
    for tag in found:
        chains = chains_of(tag.address)
        forms[check_address(tag.address, chains[0]).form + f" {chains[0]}" if chains else "none"] += 1
    assert forms == {
        "p2pkh bitcoin": 71_321,
        "p2sh bitcoin": 247,
        "segwit bitcoin": 55,
        "evm ethereum": 187,
        "tron tron": 34,
        "p2pkh dogecoin": 7,
        "p2pkh litecoin": 4,
        "p2sh litecoin": 4,
        "none": 149,
    }
    refused = Counter(tag.currency for tag in found if not fits(tag))
    assert refused == {"BTC": 8, "Blockstream": 1}  # the last is an address with a remark behind it


def fits(tag: Tag) -> bool:
    try:
        return bool(address_of(tag))
    except ValueError:
        return False


@needs_packs
def test_public_packs_are_written_back_without_loss():
    for path in [path for path in PACKS if path.stat().st_size < 100_000]:
        pack = read_pack(path.read_bytes())
        back = read_pack(write_pack(pack.head, pack.tags))
        assert pack.faults == () and pack.tags
        assert [replace(t, line=0) for t in back.tags] == [replace(t, line=0) for t in pack.tags]
