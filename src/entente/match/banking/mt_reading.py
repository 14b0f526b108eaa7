"""What MT messages say and how ours are written: MT103 and 202 (payments), 192 (recall), 196 (answer), 199
(text).

The facts come in the same values as those of ISO 20022, so that nobody downstream asks which one it was.
"""

import re
from datetime import date, datetime

from entente.core.problems import Fault
from entente.match.banking import codes
from entente.match.banking.camt029 import Answer
from entente.match.banking.camt056 import Recall
from entente.match.banking.checking import bic, iban, mistyped_iban
from entente.match.banking.grammar import MEND, Unfit
from entente.match.banking.mt import Line, Message, in_x, titled, wrapped, write
from entente.match.banking.payments import NO_AGENT, NO_END, Agent, End, Original, Payment
from entente.match.money.amounts import read_amount, write_amount

_MONEY = re.compile(r"([A-Z]{3})(\d{1,15}),(\d*)", re.ASCII)
_REFERRED = re.compile(r"(\d{3})\s*(\d{6})?")
_CODED = re.compile(r"/([A-Z0-9]{4})(?=/|$)", re.ASCII)
_NUMBERED = re.compile(r"([1-8])/(.*)", re.ASCII)
_END_TO_END = re.compile(r"/ROC/([^/]+)")
_CENTURY = 80


class _Facts:
    """Values of fields, and the faults in them."""

    def __init__(self, message: Message) -> None:
        self.message = message
        self.faults: list[Fault] = []

    def wrong(self, found: Line, why: object) -> None:
        what = f"{titled(found.tag)}: “{found.lines[0][:40]}” {why}"
        self.faults.append(Fault(f"line {found.line}: {found.tag}", what, MEND))

    def settle(self) -> None:
        if self.faults:
            raise Unfit(self.faults)

    def money(self, tag: str) -> tuple[int, str, date | None]:
        """Amount, currency and, of 32A, the day; a comma stands before the decimals."""
        found = self.message.get(tag)
        if not found:
            return 0, "", None
        written = found.lines[0]
        try:
            day = _day(written[:6]) if tag == "32A" else None
            match = _MONEY.fullmatch(written[6:] if tag == "32A" else written)
            if not match:
                raise ValueError("is no amount such as EUR1123,00 after its date")
            number = f"{match[2]}.{match[3]}" if match[3] else match[2]
            return read_amount(number, match[1]), match[1], day
        except ValueError as unfit:
            self.wrong(found, unfit)
            return 0, "", None

    def end(self, tag: str) -> End:
        """A customer (50a, 59a) or a bank in his place (58a): account, then a name or a BIC."""
        found = self.message.get(tag)
        if not found:
            return NO_END
        account, lines = _account(found.lines)
        if mistyped_iban(account):
            what = f"the account in {titled(found.tag)}: “{account}” has wrong check digits (ISO 13616)"
            self.faults.append(Fault(f"line {found.line}: {found.tag}", what, MEND))
        if found.tag.endswith("A"):
            agent = self._agent(found, lines)
            return End(agent.bic, agent.bic[4:6], *_number(account))
        numbered = [match for line in lines if (match := _NUMBERED.fullmatch(line))]
        if found.tag.endswith("F") and numbered:
            name = " ".join([m[2] for m in numbered if m[1] == "1"])
            country = next((m[2][:2] for m in numbered if m[1] == "3"), "")
            return End(name, country, *_number(account))
        return End(lines[0] if lines else "", "", *_number(account))

    def agent(self, tag: str) -> Agent:
        """A bank (52a, 56a, 57a): a BIC with option A, else a name; //CODE is its number at a clearing
        house."""
        found = self.message.get(tag)
        if not found:
            return NO_AGENT
        account, lines = _account(found.lines)
        if found.tag.endswith("A"):
            return self._agent(found, lines)
        member = account[1:] if account.startswith("/") else ""
        return Agent(name=lines[0] if lines else "", member=member)

    def _agent(self, found: Line, lines: tuple[str, ...]) -> Agent:
        try:
            return Agent(bic(lines[0] if lines else ""))
        except ValueError as unfit:
            self.wrong(found, unfit)
            return NO_AGENT


def _day(written: str) -> date:
    try:
        year = int(written[:2])
        return date((1900 if year >= _CENTURY else 2000) + year, int(written[2:4]), int(written[4:6]))
    except ValueError:
        raise ValueError("begins with no date such as 261129") from None


def _account(lines: tuple[str, ...]) -> tuple[str, tuple[str, ...]]:
    """Account without its stroke ("" for none) and the other lines; /C/ and /D/ (which side) are left out."""
    if not lines[0].startswith("/"):
        return "", lines
    return re.sub(r"^[CD]/", "", lines[0][1:]), lines[1:]


def _number(account: str) -> tuple[str, str]:
    """(IBAN, other account): the second where the number is no IBAN."""
    try:
        return iban(account), ""
    except ValueError:
        return "", account


def payment(message: Message) -> Payment:
    """Facts of an MT103 or MT202. Raises Unfit with every fault, each with its line and field.

    Where no bank of an end is named, it is the sender's or the receiver's own customer.
    """
    facts = _Facts(message)
    amount, currency, settled = facts.money("32A")
    instructed = facts.money("33B")
    remittance = message.get("70")
    references = [
        m[1] for line in (remittance.lines if remittance else ()) for m in _END_TO_END.finditer(line)
    ]
    own = message.text("20")
    payee, mine = ("58", NO_END) if message.kind == "202" else ("59", facts.end("50"))
    creditor = facts.end(payee)
    intermediary = facts.agent("56")
    debtor_agent = facts.agent("52") if message.get("52") else Agent(message.sender)
    creditor_agent = facts.agent("57") if message.get("57") else Agent(message.receiver)
    facts.settle()
    return Payment(
        original=Original(own, f"MT{message.kind}", own, next(iter(references), ""), "", message.uetr),
        amount=amount,
        currency=currency,
        debtor=End(mine.name, mine.country, mine.iban, mine.account, mine.scheme, debtor_agent),
        creditor=End(
            creditor.name,
            creditor.country,
            creditor.iban,
            creditor.account,
            creditor.scheme,
            creditor_agent,
        ),
        settled=settled,
        instructed=instructed[:2] if instructed[1] else None,
        intermediaries=(intermediary,) if intermediary != NO_AGENT else (),
        bearer=message.text("71A"),
        remittance=remittance.lines if remittance else (),
        line=1,
    )


def recall(message: Message, now: datetime) -> Recall:
    """What an MT192 recalls; its facts are those of the original's fields that it repeats.

    FIN gives no time, so it is created `now`. A code in its text that is no cancellation reason is a fault.
    """
    facts = _Facts(message)
    amount, currency, settled = facts.money("32A")
    debtor, creditor = facts.end("50"), facts.end("59")
    told = message.get("79")
    reason = ""
    for code in _CODED.findall(told.lines[0]) if told else ():
        reason = code
        if told and code not in codes.CANCELLATION:
            facts.wrong(told, "has a code that is no cancellation reason")
    referred = _REFERRED.match(" ".join((message.get("11S") or Line("", ("",))).lines))
    if not referred:
        facts.wrong(message.get("11S") or message.fields[0], "names no message such as 103 and its date")
    facts.settle()
    return Recall(
        assignment=message.text("20"),
        case=message.text("20"),
        assigner=Agent(message.sender),
        assignee=Agent(message.receiver),
        created=now,
        reason=reason,
        original=Original(
            message.text("21"),
            f"MT{referred[1]}" if referred else "",
            message.text("21"),
            "",
            "",
            message.uetr,
        ),
        amount=amount,
        currency=currency,
        settled=settled,
        debtor=debtor,
        creditor=creditor,
        information=tuple([line for line in told.lines if not _CODED.fullmatch(line.rstrip("/"))])
        if told
        else (),
        line=1,
    )


def answer(message: Message, now: datetime) -> Answer:
    """What an MT196 answers: the first code of field 76 (or 79) is the state, those after it are reasons.

    Its related reference (21) is the request's own, and so the case. Raises Unfit for codes of no list.
    """
    facts = _Facts(message)
    told = message.get("76")
    found = [c for line in (told.lines if told else ()) for c in _coded(line)]
    if not found and (more := message.get("79")):
        found = [c for line in more.lines for c in _coded(line)]
    if told and not found:
        facts.wrong(told, "says no state such as /CNCL/")
    states = [code for code in found if code in codes.CONFIRMATION]
    reasons = [code for code in found if code not in codes.CONFIRMATION]
    if told and (not states or any(code not in codes.REJECTION for code in reasons)):
        facts.wrong(told, "has a code that is neither a state of an inquiry nor a reason of refusal")
    facts.settle()
    text = [line for tag in ("77A", "79") if (each := message.get(tag)) for line in each.lines]
    return Answer(
        assignment=message.text("20"),
        case=message.text("21"),
        assigner=Agent(message.sender),
        assignee=Agent(message.receiver),
        created=now,
        confirmation=states[0],
        reasons=tuple(dict.fromkeys(reasons)),
        information=tuple(text),
        original=Original(uetr=message.uetr),
        line=1,
    )


def _coded(line: str) -> list[str]:
    """The codes at the head of a line: /RJCR/AM04 and /RJCR//AM04/ have two."""
    if not line.startswith("/"):
        return []
    codes_ = []
    for part in line.split("/")[1:]:
        if re.fullmatch(r"[A-Z0-9]{4}", part):
            codes_.append(part)
        elif part:
            break
    return codes_


# --- writing -------------------------------------------------------------------------------------


def write_mt192(recall: Recall) -> str:
    """A request to cancel, in FIN's own text. Raises Unfit with every fault.

    The facts stand in field 79; the original's fields are not repeated, because a copy must have all of its
    mandatory ones, and a recall does not know who bore the charges (71A).
    """
    named = recall.original
    kind = re.sub(r"\D", "", named.kind) if named.kind.startswith("MT") else "103"
    reference = named.message or named.instruction
    if not recall.settled:
        raise Unfit([Fault("11S", f"{titled('11S')} needs the day on which the payment was sent")])
    if not recall.reason:
        raise Unfit([Fault("79", f"{titled('79')} needs a reason, a code such as FRAD")])
    lines = [f"/{recall.reason}/"]
    if recall.currency:
        lines.append(f"32A {recall.settled:%y%m%d}{recall.currency}{_comma(recall.amount, recall.currency)}")
    lines += _party("PAYER", recall.debtor) + _party("PAYEE", recall.creditor)
    for text in recall.information:
        lines += wrapped(text, 50)
    return write(
        "192",
        recall.assigner.bic,
        recall.assignee.bic,
        [
            ("20", [in_x(recall.assignment)]),
            ("21", [in_x(reference)]),
            ("11S", [kind, f"{recall.settled:%y%m%d}"]),
            ("79", lines),
        ],
        named.uetr,
    )


def _party(role: str, end: End) -> list[str]:
    words = (end.iban or end.account, end.name, end.agent.bic or end.agent.name)
    return wrapped(" ".join([role, *[w for w in words if w]]), 50) if any(words) else []


def _comma(minor: int, currency: str) -> str:
    written = write_amount(minor, currency).replace(".", ",")
    return written if "," in written else f"{written},"


def write_mt199(
    sender: str, receiver: str, reference: str, text: str, related: str = "", uetr: str = ""
) -> str:
    """Free text from bank to bank. `reference` and `related` have at most 16 characters. Raises Unfit."""
    fields = [("20", [in_x(reference)])]
    if related:
        fields.append(("21", [in_x(related)]))
    return write("199", sender, receiver, [*fields, ("79", wrapped(text, 50))], uetr)
