"""Transactions of chains as payments."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from entente.match.statements import chain
from entente.match.statements.chain import FEE, MINTED, End, read_transactions, spend
from entente.match.statements.dialect import TooMany
from entente.match.taint.transfers import Payment, make

A, B = "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed", "0xfB6916095ca1df60bB79Ce92cE3Ea74c37c5d359"
ONE, TWO = "1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa", "3J98t1WpEZ73CNmQviecrnyiWrnqRhWNLy"

ends = st.lists(st.builds(End, st.sampled_from(["a", "b", "c", ""]), st.integers(0, 10**20)), max_size=5)


def test_a_spend_pays_in_by_its_inputs_then_out_by_its_outputs_then_the_fee():
    found = spend("h", 5, [End("a", 3), End("b", 7)], [End("c", 4), End("d", 5)])
    assert [(p.source, p.target, p.amount) for p in found] == [
        ("a", "tx:h", 3),
        ("b", "tx:h", 7),
        ("tx:h", "c", 4),
        ("tx:h", "d", 5),
        ("tx:h", FEE, 1),
    ]
    sorted_ = make(found)
    assert [sorted_.accounts[n] for n in sorted_.source] == ["a", "b", "tx:h", "tx:h", "tx:h"]


@given(ends, ends)
def test_what_goes_into_a_transaction_comes_out_of_it(inputs, outputs):
    try:
        found = spend("h", 0, inputs, outputs)
    except ValueError:
        paid, got = sum(e.units for e in inputs), sum(e.units for e in outputs)
        assert not got or (inputs and paid < got)
        return
    into = sum(p.amount for p in found if p.target == "tx:h")
    assert into == sum(p.amount for p in found if p.source == "tx:h") > 0
    make(found)


def test_a_miner_s_reward_comes_from_nobody():
    assert spend("h", 0, [], [End("a", 5)])[0].source == MINTED


def test_ends_without_an_address_are_not_taken_for_one_another():
    found = spend("h", 0, [End("", 2), End("", 3)], [End("a", 5)])
    assert found[0].source != found[1].source


def test_a_table_of_an_account_chain_is_read_beyond_64_bits():
    rows = [
        "txhash,from,to,value,timestamp,tokenSymbol",
        f"h1,{A.lower()},{B},98765432109876543210,1700000000,",
    ]
    rows += [f"h2,{B},{A},5,2026-01-15 09:00,USDT", f"h3,{B},{A},0,1700000001,"]
    text = "\n".join(rows)
    told = read_transactions(text.encode(), "ethereum")
    assert told.faults == ()
    assert told.payments == (
        Payment(A, B, 1700000000, 98765432109876543210, "ETH", "h1", 2),
        Payment(B, A, 1768467600, 5, "USDT", "h2", 3),
    )


def test_json_of_spends_is_read():
    rows = [
        {
            "txid": "h",
            "time": 5,
            "vin": [{"address": ONE, "value": 10}],
            "vout": [{"address": TWO, "value": "9"}],
        }
    ]
    told = read_transactions(json.dumps({"transactions": rows}).encode(), "bitcoin")
    assert [(p.source, p.target, p.amount, p.asset) for p in told.payments] == [
        (ONE, "tx:h", 10, "BTC"),
        ("tx:h", TWO, 9, "BTC"),
        ("tx:h", FEE, 1, "BTC"),
    ]


@pytest.mark.parametrize(
    ("row", "what"),
    [
        ({"value": "1.5"}, "decimals"),
        ({"value": 1.5}, "base units"),
        ({"value": 1e18}, "base units"),
        ({"value": "1e18"}, "exponent"),
        ({"value": True}, "base units"),
        ({"value": None}, "no whole number"),
        ({"from": A[:-1] + "e"}, "check sum"),
        ({"to": None}, "pays nobody"),
        ({"timestamp": "03/04/2026"}, "day first or the month"),
        ({"timestamp": None}, "no date"),
        ({"hash": ["x"]}, "no text"),
        ({"outputs": 5}, "no list"),
        ({"outputs": [5]}, "no object"),
        (
            {"outputs": [{"address": A, "value": 5}], "inputs": [{"address": A, "value": 4}]},
            "5 base units out of 4",
        ),
        ({"outputs": [], "inputs": []}, "nobody"),
    ],
)
def test_a_wrong_transaction_is_named_and_the_others_are_read(row, what):
    right = {"hash": "h", "from": A, "to": B, "value": "1", "timestamp": "5"}
    told = read_transactions(json.dumps([right, right | row]).encode(), "ethereum")
    assert len(told.payments) == 1
    assert [f.where for f in told.faults] == ["line 2"] and what in told.faults[0].what


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("[1]", "no object"),
        ("[", "no JSON"),
        ("[" * 100_000, "no JSON"),
        ("a,b\n1,2\n", "no headings"),
        ("[" + "9" * 5000 + "]", "no JSON"),
        ('{"transactions": 1}', "no list"),
    ],
)
def test_what_is_no_list_of_transactions_is_refused(text, what):
    with pytest.raises(ValueError, match=what):
        read_transactions(text.encode(), "bitcoin")


def test_the_chain_is_always_named():
    with pytest.raises(ValueError, match="needs the chain"):
        read_transactions(b"[]", "")


TABLE = "from,to,value,timestamp,hash\n"


def test_more_transactions_or_payments_than_are_taken_are_refused():
    rows = [f"{A},{B},{n},{n},h{n}\n" for n in range(1, 4)]
    assert len(read_transactions((TABLE + "".join(rows)).encode(), "ethereum", 3).payments) == 3
    with pytest.raises(TooMany, match="more than 2 rows"):
        read_transactions((TABLE + "".join(rows)).encode(), "ethereum", 2)
    listed = [{"from": A, "to": B, "value": "1", "timestamp": 1, "hash": f"h{n}"} for n in range(3)]
    with pytest.raises(TooMany, match="more than 2 transactions"):
        read_transactions(json.dumps(listed).encode(), "ethereum", 2)
    spend = {
        "hash": "h",
        "time": 1,
        "vin": [{"address": ONE, "value": 3}],
        "vout": [{"address": TWO, "value": 2}],
    }
    assert len(read_transactions(json.dumps([spend]).encode(), "bitcoin", 3).payments) == 3
    with pytest.raises(TooMany, match="more than 2 payments"):
        read_transactions(json.dumps([spend]).encode(), "bitcoin", 2)


def test_objects_of_json_are_counted_before_any_is_made(monkeypatch):
    monkeypatch.setattr(chain.json, "loads", None)
    for one in ("{},", "[],"):
        with pytest.raises(TooMany, match="more than 2 transactions"):
            read_transactions(f"[{one * 9}{{}}]".encode(), "ethereum", 2)


@pytest.mark.parametrize("wrong", ["١٢", "1_0", "9" * 100_000])
def test_figures_of_other_kinds_are_no_time_and_no_amount(wrong):
    for row in (f"{A},{B},{wrong},5,h\n", f"{A},{B},5,{wrong[:3999]},h\n"):
        if len(row) < 4_200:
            found = read_transactions((TABLE + row).encode(), "ethereum")
            assert found.payments == () and len(found.faults) == 1
    with pytest.raises(ValueError, match="no JSON"):
        read_transactions(f'[{{"value": {"9" * 100_000}}}]'.encode(), "ethereum")
