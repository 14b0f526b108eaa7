"""Files that nobody should send: none of them crashes, costs much, or is taken by half."""

import random
import re
import tracemalloc

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.match.banking_cases import ANSWER, NOW, RECALL

from entente.match.banking import auth, camt029, camt056, mt_reading, reading
from entente.match.banking.grammar import MOST_FAULTS, Unfit

RECALLED = camt056.write(RECALL)
FIN = mt_reading.write_mt192(RECALL).encode()
SEEDS = (
    RECALLED,
    RECALLED.replace(b"<", b"\n<"),
    camt029.write(ANSWER),
    auth.write(auth.Change("INV", True)),
)


def refusal(data: bytes) -> str:
    with pytest.raises(Unfit) as refused:
        reading.read(data, NOW)
    assert refused.value.faults
    for fault in refused.value.faults:
        assert re.match(r"line \d+(: |$)|the (file|text|message)$", fault.where), fault
        assert fault.what
        assert fault.do
    return f"{refused.value.faults[0].where} {refused.value.faults[0].what}"


LAUGHS = b"".join(b'<!ENTITY l%d "%s">' % (n, b"&l%d;" % (n - 1) * 10 if n else b"ha") for n in range(12))
BOMBS = {
    "billion laughs": b'<?xml version="1.0"?>\n<!DOCTYPE D [' + LAUGHS + b"]><D>&l11;</D>",
    "quadratic": b'<!DOCTYPE D [<!ENTITY a "' + b"a" * 100_000 + b'">]><D>' + b"&a;" * 10_000 + b"</D>",
    "external": b'<!DOCTYPE D [<!ENTITY x SYSTEM "file:///etc/passwd">]><D>&x;</D>',
    "parameter": b'<!DOCTYPE D [<!ENTITY % x SYSTEM "http://localhost/x.dtd"> %x;]><D/>',
    "empty": b"<!DOCTYPE D><D/>",
    "late": RECALLED.replace(b"<Document", b"<!DOCTYPE Document>\n<Document"),
}


@pytest.mark.parametrize("name", BOMBS)
def test_a_document_type_of_any_kind_is_refused_unread(name):
    tracemalloc.start()
    try:
        assert "has a document type" in refusal(BOMBS[name])
        assert tracemalloc.get_traced_memory()[1] < 5_000_000
    finally:
        tracemalloc.stop()


def test_a_document_type_in_another_encoding_does_not_slip_through():
    hidden = (
        BOMBS["external"].decode().replace("<!DOCTYPE", '<?xml version="1.0" encoding="UTF-16"?><!DOCTYPE')
    )
    assert "not UTF-8" in refusal(hidden.encode("utf-16"))
    assert "not UTF-8" in refusal(hidden.encode("utf-16-be").join([b"<", b""]))
    seven = '<?xml version="1.0" encoding="UTF-7"?>+ADwAIQ-DOCTYPE D+AD4-<D/>'
    refusal(seven.encode())


def test_an_undeclared_entity_is_refused_with_its_line():
    assert refusal(RECALLED.replace(b">CASE-1<", b">&x;<")).startswith("line 2: column ")


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"<D>" + b"x" * 50_000_000 + b"</D>", "50000007 bytes; at most 10000000"),
        (b"<a>" * 1_000_000, "1000000 tags; at most 400000"),
        (b"<a>" * 150_000 + b"</a>" * 150_000, "Excessive depth|nested more than"),
        (b"<a>" * 100 + b"</a>" * 100, "nested more than 32 deep"),
        (b"<a/>" * 400_001, "tags; at most 400000"),
        (b"", "neither XML nor a FIN message"),
        (b"hello", "neither XML nor a FIN message"),
        (b"<D/>", "no message of ISO 20022"),
        (b"\xff\xfe<D/>", "is not UTF-8"),
        (b"<", "not well-formed"),
        (b"{", "no field"),
        (b":", "line 1: block 4"),
        (b"{4:" * 1_000, "no end"),
        (b":20:" + b"x" * 200_000, "has 200004 characters"),
    ],
)
def test_what_is_too_big_too_deep_or_nothing_is_refused(data, told):
    assert re.search(told, refusal(data))


@pytest.mark.parametrize("name", ["camt.056.001.07", "camt.056.001.12", "camt.053.001.08", "pain.001.001.09"])
def test_a_message_or_version_that_is_not_known_is_refused_by_name(name):
    told = refusal(RECALLED.replace(b"camt.056.001.08", name.encode()))
    assert f"“{name}”" in told


def test_a_foreign_namespace_inside_a_message_is_refused():
    assert "no element that may stand here" in refusal(
        RECALLED.replace(b"<OrgnlTxId>", b'<OrgnlTxId xmlns="x">')
    )


def test_a_file_full_of_faults_tells_a_thousand_and_counts_the_others():
    rows = b"<TxInf><OrgnlUETR>x</OrgnlUETR></TxInf>\n" * 3_000
    start, end = RECALLED.index(b"<TxInf>"), RECALLED.index(b"</Undrlyg>")
    with pytest.raises(Unfit) as refused:
        camt056.read(RECALLED[:start] + rows + RECALLED[end:])
    assert len(refused.value.faults) == MOST_FAULTS + 1
    assert re.fullmatch(r"has \d+ more faults", refused.value.faults[-1].what)


def mangled(data: bytes, chance: random.Random) -> bytes:
    """One to eight changes: bytes changed, cut, doubled, swapped, or the end lost."""
    bytes_ = bytearray(data)
    for _ in range(chance.randint(1, 8)):
        at, many = chance.randrange(len(bytes_)), chance.randint(1, 30)
        match chance.randrange(6):
            case 0:
                bytes_[at] = chance.randrange(256)
            case 1:
                del bytes_[at : at + many]
            case 2:
                bytes_[at:at] = bytes_[at : at + many]
            case 3:
                bytes_[at:at] = chance.randbytes(many)
            case 4:
                del bytes_[at:]
            case _:
                bytes_[at : at + 1] = chance.choice(
                    [b"<", b">", b"&", b"]]>", b"\0", b"<!--", b"\xc3", b"-}"]
                )
        if not bytes_:
            break
    return bytes(bytes_)


@pytest.mark.parametrize("seed", range(5))
def test_a_thousand_damaged_files_are_refused_with_line_and_field_or_read_whole(seed):
    """A change inside a free text leaves a message that can be read; all others are refused."""
    chance = random.Random(seed)
    refused = 0
    for number in range(240):
        data = mangled((*SEEDS, FIN)[number % 5], chance)
        try:
            assert reading.read(data, NOW)
        except Unfit:
            refusal(data)
            refused += 1
    assert refused > 180


@settings(max_examples=300, deadline=None)
@given(st.binary(max_size=300), st.sampled_from([b"", b"<", b"{4:\n:20:", b"<Document>", b":20:"]))
def test_noise_is_refused(noise, start):
    refusal(start + noise)


@pytest.mark.parametrize("cut", range(0, len(RECALLED) - 12, 37))
def test_a_file_that_breaks_off_is_refused(cut):
    refusal(RECALLED[:cut])


def test_which_message_it_is_is_told_without_reading_it():
    assert reading.kind_of(RECALLED) == "camt.056.001.08"
    assert reading.kind_of(RECALLED.replace(b"camt.056.001.08", b"camt.053.001.08")) == "camt.053.001.08"
    assert reading.kind_of(FIN) == "MT192"
    assert reading.kind_of(b"<D/>") == reading.kind_of(b"date;amount") == ""


def test_every_kind_that_is_named_has_its_reader():
    assert reading.read(RECALLED)[0] == RECALL
    assert {"camt.029.001.13", "pacs.004.001.10", "pacs.008.001.08", "auth.002.001.01", "MT199"} <= {
        *reading.KINDS
    }
