"""The demo's payments: a growers' cooperative of Arvenia paid for a pesticide that never came.

One payment was sent to Belmark yesterday: part is held, part moved on to Cordava. Another one went to the
same account this morning and waits to be acknowledged; a third went to a wallet and waits for a second
officer. Belmark has the account's statement, and has followed both payments through it.
"""

from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from datetime import UTC, datetime, timedelta

from entente.demo.payments_statement import MULE, NEXT, VICTIM, statement
from entente.desk import HOUSE_ASKER, Desk, House, sit
from entente.rooms.bureaus import asker_for
from entente.rooms.payments import children, service, stepping
from entente.rooms.payments import model as m
from entente.rooms.payments import model_steps as s
from entente.rooms.payments.intercept import Intercept
from entente.rooms.payments.traces import tracing, transfers
from entente.rooms.payments.traces.traces_model import SeedForm, TraceForm
from entente.rooms.payments.traces.transfers_model import Sent, Wanted

AUTHOR, SECOND = "officer@xa.example", "second@xa.example"
HOLDER, HOLDER_2 = "officer@xb.example", "second@xb.example"
WALLET, COIN = "T9yD14Nj9j7xAB4dbGeiX9h8unkKHxuWwb", "USDT"
"""The address of nought on its chain: its check sum fits, and it is nobody's."""


def load(house: House) -> None:
    """Play the officers of three bureaus."""
    now = house.clock()
    yesterday = _sent(house, _form(now - timedelta(hours=27), "41250.00", "Invoice 2026-113"))
    _held(house, yesterday, now)
    today = _sent(house, _form(now - timedelta(hours=3), "18900.00", "Invoice 2026-131"))
    _followed(house, [yesterday, today], now)
    with _at(house, AUTHOR) as desk:
        service.draft(desk, _wallet(now - timedelta(hours=9)))


def _sent(house: House, form: m.InterceptForm) -> Intercept:
    with _at(house, AUTHOR) as desk:
        drafted, _ = service.draft(desk, form)
    _step(house, SECOND, drafted, s.Plain(step="approve", version=drafted.thing.version))
    return _step(house, AUTHOR, drafted, s.Plain(step="send", version=drafted.thing.version + 1))


def _held(house: House, sent: Intercept, now: datetime) -> None:
    """Belmark holds a part; the rest has gone to Cordava, which Belmark asks."""
    _step(house, HOLDER, sent, s.Plain(step="acknowledge"))
    _step(house, HOLDER, sent, s.Pass(step="pass", to="institution", name="Bank of Belmark"))
    ends = (now + timedelta(hours=44)).isoformat(timespec="minutes")
    law = "Act on financial intelligence of Belmark, section 24"
    stop = s.Stop(step="hold", amount="25000.00", kind="fiu-suspension", legal=law, ends=ends)
    _step(house, HOLDER, sent, stop)
    to = m.Place(account=NEXT, bank="Bank of Cordava", country="XC")
    move = s.Move(
        step="move", amount="16000.00", to=to, name="Velda Nominee", knowledge="Statement of the bank"
    )
    moved = _step(house, HOLDER, sent, move)
    movement = next(iter(moved.standing.movements))
    with _at(house, HOLDER) as desk:
        child = children.draft(desk, sent.id, m.ChildForm(movement=movement, legal_basis=law))
        full = child.form.model_copy(update={"police_report": "BM 1207/26"})
        edit = m.InterceptEdit(version=child.thing.version, form=full)
        child = service.edit(desk, child.id, edit)
    _step(house, HOLDER_2, child, s.Plain(step="approve", version=child.thing.version))
    _step(house, HOLDER, child, s.Plain(step="send", version=child.thing.version + 1))


def _followed(house: House, asked: Sequence[Intercept], now: datetime) -> None:
    """Belmark follows the payments that it was asked to stop through the statement of the account."""

    def sitting(writing: bool) -> AbstractContextManager[Desk]:
        return _at(house, HOLDER, "trace", writing)

    data = statement(now)
    file = transfers.load(sitting, data, Sent(name="statement.csv", title="Account of Ruvo Agro Trade"))
    with sitting(False) as desk:
        found = [transfers.wanted(desk, file.id, Wanted(intercept=one.id)).payments for one in asked]
    seeds = [SeedForm(payment=p.number, victim=p.ref) for rows in found for p in rows if "ref" in p.match]
    title = "Two payments of the growers' cooperative"
    first = asked[0].id
    tracing.trace(sitting, TraceForm(transfers=file.id, title=title, seeds=seeds, intercept=first, show=True))


def _step(house: House, who: str, intercept: Intercept, said: s.Step) -> Intercept:
    with _at(house, who) as desk:
        return stepping.step(desk, intercept.id, s.StepForm(do=said))


@contextmanager
def _at(house: House, who: str, act: str = "intercept", writing: bool = True) -> Iterator[Desk]:
    with sit(house, HOUSE_ASKER) as desk:
        asker = asker_for(desk, who, "desk", "the demo story")
        desk.note("see", what="directory")
    with sit(house, asker, act, writing=writing) as desk:
        yield desk


def _form(executed: datetime, amount: str, invoice: str) -> m.InterceptForm:
    minutes = executed.astimezone(UTC)
    return m.InterceptForm(
        scam="business-email",
        rail="swift-mx",
        executed_at=minutes.isoformat(timespec="minutes"),
        reported_at=(minutes + timedelta(hours=1)).isoformat(timespec="minutes"),
        amount=amount,
        currency="EUR",
        end_to_end_id=invoice,
        debtor=m.Party(name="Port Arven Growers' Cooperative", account=VICTIM, bic="ENTAXAAA"),
        creditor=m.Party(name="Ruvo Agro Trade", account=MULE, bic="ENTBXBBB"),
        recall=m.Recall(
            sent_at=(minutes + timedelta(minutes=80)).isoformat(timespec="minutes"),
            ref="RCL-4411",
            type="camt.056",
        ),
        legal_basis="Code of Criminal Procedure of Arvenia, section 111",
        offence="Fraud",
        measure="freeze",
        victim_consents=True,
        police_report="PA-2026-0042",
        emails=["billing@ruvo-agro.example"],
        grade="B2",
        summary="The supplier's invoice was changed on its way: another account, the same letterhead.",
    )


def _wallet(executed: datetime) -> m.InterceptForm:
    minutes = executed.astimezone(UTC).isoformat(timespec="minutes")
    return m.InterceptForm(
        scam="investment",
        rail="crypto",
        executed_at=minutes,
        reported_at=minutes,
        amount="9500000000",
        debtor=m.Party(name="Ines Calloway", account=VICTIM, bic="ENTAXAAA"),
        creditor=m.Party(
            account=WALLET, scheme="wallet", chain="tron", token=COIN, bank="Drummen Exchange", country="XD"
        ),
        legal_basis="Code of Criminal Procedure of Arvenia, section 111",
        measure="freeze",
        victim_consents=False,
        police_report="PA-2026-0057",
        grade="B3",
        receiver="XD",
        summary="A fund that pays 9 % a month: growing numbers were shown, and nothing comes out.",
    )
