"""Messages of invented banks, and strategies that make awkward ones."""

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import strategies as st

from entente.match.banking import codes
from entente.match.banking.camt029 import Answer
from entente.match.banking.camt056 import Recall
from entente.match.banking.payments import Agent, End, Original
from entente.match.money.currencies import CURRENCIES

SHARED = Path(__file__).parents[3] / "shared" / "data" / "payments" / "iso20022"
NOW = datetime(2026, 11, 29, 9, tzinfo=UTC)
UETR = "eb6305c9-1f7f-49de-aed0-16487c27b42d"


def schemas() -> dict[str, bytes]:
    """The published schemas by name of the message; skips where they are not."""
    folder = SHARED / "xsd"
    if not folder.exists():
        pytest.skip("shared/data/payments/iso20022/xsd is not here")
    return {path.stem: path.read_bytes() for path in folder.glob("*.xsd")}


def iban(country: str, rest: str) -> str:
    """An IBAN with right check digits."""
    number = int("".join(str(int(c, 36)) for c in rest + country + "00"))
    return f"{country}{98 - number % 97:02}{rest}"


ORIGINAL = Original("M1", "pacs.008.001.08", "I1", "E1", "T1", UETR)
PAYER = End("Ana Torres", "XA", iban("XA", "0001234567890"), agent=Agent("XABKXA2L"))
PAYEE = End("Mule Ltd", "XB", iban("XB", "0009876543210"), agent=Agent("XBBKXB2L"))
RECALL = Recall(
    assignment="ENT-2026-000001",
    case="CASE-1",
    assigner=Agent("XABKXA2L"),
    assignee=Agent("XBBKXB2L"),
    created=NOW,
    reason="FRAD",
    original=ORIGINAL,
    amount=4125000,
    currency="EUR",
    settled=date(2026, 11, 28),
    debtor=PAYER,
    creditor=PAYEE,
    information=("business e-mail compromise",),
)
ANSWER = Answer(
    assignment="ANS-1",
    case="CASE-1",
    assigner=Agent("XBBKXB2L"),
    assignee=Agent("XABKXA2L"),
    created=NOW,
    confirmation="RJCR",
    status="RJCR",
    reasons=("AM04",),
    original=ORIGINAL,
)

# --- strategies ----------------------------------------------------------------------------------

characters = st.characters(exclude_categories=["Cs"], exclude_characters="\ufffe\uffff").filter(
    lambda c: c in "\t\n\r" or ord(c) >= 32
)


def words(most: int) -> st.SearchStrategy[str]:
    """Text that XML can carry, with all its marks, and is not blank."""
    plain = st.sampled_from(["O'Brien & Söhne <GmbH>", "]]>", "王小明", "&amp;", '"\'"', "\u202eمحمد", " x "])
    return st.one_of(plain, st.text(characters, min_size=1, max_size=most)).filter(
        lambda text: 0 < len(text) <= most and bool(text.strip())
    )


ids = words(35)
optional_ids = st.one_of(st.just(""), ids)
days = st.dates(date(1990, 1, 1), date(2026, 11, 28))
times = st.datetimes(datetime(1990, 1, 1), datetime(2026, 11, 28), timezones=st.just(UTC))
bics = st.from_regex(r"[A-Z0-9]{4}(DE|FR|XA|XB|US)[A-Z0-9]{2}([A-Z0-9]{3})?", fullmatch=True)
countries = st.sampled_from(["", "XA", "XB", "DE", "FR"])
amounts = st.tuples(st.integers(1, 10**18 - 1), st.sampled_from(sorted(CURRENCIES)))
banks = st.builds(Agent, bic=bics, name=st.one_of(st.just(""), words(140)), country=countries)
agents = st.one_of(banks, st.builds(Agent, name=words(140), country=countries, member=optional_ids))
with_iban = st.builds(
    lambda name, country, rest, agent: End(name, country, iban(country or "XC", rest), "", "", agent),
    words(140),
    st.sampled_from(["XA", "XB"]),
    st.from_regex(r"[A-Z0-9]{11,30}", fullmatch=True),
    agents,
)
with_number = st.builds(
    End,
    name=words(140),
    country=countries,
    account=words(34),
    scheme=st.one_of(st.just(""), st.just("BBAN"), words(35)),
    agent=agents,
)
ends = st.one_of(with_iban, with_number, st.builds(End, name=words(140)))
originals = st.builds(
    Original,
    message=ids,
    kind=ids,
    instruction=optional_ids,
    end_to_end=optional_ids,
    transaction=optional_ids,
    uetr=st.uuids(version=4).map(str),
)
lines = st.lists(words(105).filter(lambda text: not text.startswith("/INTM/")), max_size=4).map(tuple)


@st.composite
def recalls(draw) -> Recall:
    amount, currency = draw(amounts)
    return replace(
        RECALL,
        assignment=draw(ids),
        case=draw(ids),
        assigner=draw(banks),
        assignee=draw(agents),
        created=draw(times),
        reason=draw(st.sampled_from(sorted(codes.CANCELLATION))),
        original=draw(originals),
        amount=amount,
        currency=currency,
        settled=draw(st.one_of(st.none(), days)),
        debtor=draw(ends),
        creditor=draw(ends),
        intermediaries=tuple(draw(st.lists(st.builds(Agent, bic=bics), max_size=3))),
        information=draw(lines),
    )
