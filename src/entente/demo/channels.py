"""What passes between the story's bureaus: desks, experts, a group, messages, notices, a standing query.

Written by the services that officers use, as the story's officers, in the words of their own languages.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta

from entente.demo.bureaus import BUREAUS, OFFICERS, ring_of
from entente.desk import HOUSE_ASKER, Desk, House, sit
from entente.rooms.bureaus import (
    Keyring,
    asker_for,
    by_code,
    duty,
    experts,
    inviting,
    working_groups,
)
from entente.rooms.bureaus.directory_schemas import DeskForm, ExpertForm, ExpertQuery, GroupForm, InviteForm
from entente.rooms.messages import answer_of, draft_of, drafts, mark_opened, service
from entente.rooms.notices import reviewing, telling
from entente.rooms.notices import service as noticing
from entente.rooms.notices.model import Check, NoticeForm, ReviewForm, SubjectForm, Subscription
from entente.rooms.search import model as asked
from entente.rooms.search import standing

EXPERTS: tuple[tuple[str, Mapping[str, object]], ...] = (
    (
        "officer@xb.example",
        {
            "name": "Amina Rask",
            "unit": "Financial investigation, Belmar",
            "areas": ["financial-crime", "money-laundering"],
            "languages": ["fr", "en"],
            "email": "officer@xb.example",
            "officer": "officer@xb.example",
        },
    ),
    (
        "officer@xd.example",
        {
            "name": "Lena Voss",
            "unit": "Roads and vehicles, Nord-Drummen",
            "areas": ["vehicle-crime", "counterfeit-goods"],
            "languages": ["es", "en"],
            "email": "officer@xd.example",
            "officer": "officer@xd.example",
        },
    ),
    (
        "analyst@xa.example",
        {
            "name": "Osk Verhaelen",
            "unit": "Customs laboratory, Port Arven",
            "areas": ["counterfeit-goods", "forensics"],
            "languages": ["en", "fr"],
            "phone": "+999 1000 0042",
            "hours": "mon-fri 09:00-16:00",
        },
    ),
    (
        "officer@xc.example",
        {
            "name": "Yamina Touwari",
            "unit": "Wildlife and protected species, Cordava City",
            "areas": ["wildlife", "environment"],
            "languages": ["ar", "fr", "en"],
            "phone": "+999 3000 0061",
        },
    ),
)
"""Who enters them, and the entry. Two are officers, so that they can be invited to a working group."""


@dataclass(frozen=True, slots=True)
class Letter:
    """A message of the story: who writes, and what."""

    ref: str
    officer: str
    said: Mapping[str, object]


LETTERS = (
    Letter(
        "demo-invoice",
        "officer@xa.example",
        {
            "to": ["XB"],
            "subject": "Facture de Velkov Agro Trading d.o.o.",
            "text": "Nous avons saisi à Port Arven 240 bidons de pesticide contrefait. La facture porte"
            " l'en-tête de Velkov Agro Trading d.o.o., à Belmar.",
            "case": "XA-2026-0391",
            "language": "fr",
            "questions": [
                "La société est-elle connue chez vous, et qui la dirige ?",
                "La facture BEL-2291 est-elle authentique ?",
            ],
        },
    ),
    Letter(
        "demo-van",
        "officer@xd.example",
        {
            "to": ["XA"],
            "subject": "White van XD 417 KLM at your ferry port",
            "text": "The van is used by Levan Tskitishvar. A toll camera saw it on the coast road"
            " towards Port Arven on three nights.",
            "case": "XD-2026-0140",
            "their_case": "XA-2026-0391",
            "urgency": "priority",
            "questions": [
                "On which days did the van XD 417 KLM enter or leave by ferry?",
                "Who drove it, and who was with him?",
            ],
        },
    ),
    Letter(
        "demo-laboratory",
        "officer@xb.example",
        {
            "to": ["XC"],
            "subject": "Analysis of the counterfeit pesticide",
            "text": "Our prosecutor decides tomorrow whether the shops are warned.",
            "case": "XB-2026-0088",
            "urgency": "urgent",
            "questions": [
                "Which active substance did your laboratory find?",
                "May we have the chromatograms?",
            ],
        },
    ),
    Letter(
        "demo-warning",
        "officer@xc.example",
        {
            "to": ["XA", "XB", "XD"],
            "kind": "information",
            "subject": "نتيجة فحص العينات",
            "text": "وجد مختبرنا في العينات الثلاث المادة نفسها: كربوفوران بنسبة 38 في المئة. الملصق مزوّر،"
            " والمادة خطرة على من يلمسها بلا قفازات.",
            "case": "XC-2026-0032",
            "language": "ar",
        },
    ),
    Letter(
        "demo-passengers",
        "officer@xa.example",
        {
            "to": ["XD"],
            "subject": "Passenger list of the ferry of 3 March",
            "case": "XA-2026-0391",
            "questions": ["Was Anton Velkov on board, under this or another name?"],
        },
    ),
    Letter(
        "demo-holidays",
        "desk@xz.example",
        {
            "to": ["XA", "XB", "XC", "XD"],
            "kind": "information",
            "subject": "Duty lines in the holidays",
            "text": "Please look at your bureau's page: hours, holidays and the duty line must be right"
            " before the year ends.",
        },
    ),
)
GROUP_LETTER = {
    "kind": "information",
    "subject": "How the ring moves its goods",
    "text": "The pesticide is mixed in Cordava, bottled in Belmark under a stolen label, and driven to"
    " Port Arven at night. The Apothecary pays in cash at the warehouse. Who prints the labels is open.",
    "case": "XA-2026-0391",
}
DRAFT = {
    "to": ["XC"],
    "subject": "Salma Okray: may we hear her?",
    "text": "Her name stands on the delivery notes.",
    "case": "XA-2026-0391",
    "urgency": "priority",
    "questions": ["Where is she, and may one of our officers be present when she is heard?"],
}
BLUE = {
    "status": "suspect",
    "case": "XB-2026-0088",
    "facts": "He sells counterfeit pesticide through Velkov Agro Trading d.o.o.; four people were poisoned.",
    "charge": "Fraud; sale of a dangerous product",
}
RED = {
    "facts": "She mixed counterfeit pesticide in a cellar beside the church; four people were poisoned.",
    "place": "Cordava City",
    "date": "2025-11-20",
    "charge": "Manufacture of a dangerous counterfeit product",
    "law": "Penal Code of Cordava, section 214",
    "maximum": "8",
    "warrant": "CC-2026-17",
    "warrantDate": "2026-01-09",
    "authority": "Court of Cordava City",
}


def load(house: House) -> None:
    """Let the officers of the story fill the channels, once it stands."""
    for _, _, email, _ in OFFICERS:
        if email.startswith("second@") or email == "desk@xz.example":
            _roster(house, email)
    for email, said in EXPERTS:
        with _as(house, email, "convene") as (desk, _, _):
            experts.add(desk, ExpertForm.model_validate(said))
    group = _group(house)
    with _as(house, "officer@xa.example", "stand", "wanted", "XA-2026-0391") as (desk, _, _):
        standing.keep(desk, asked.Keep(text="Salma Okray 1984"))
    with _as(house, "officer@xa.example", "stand") as (desk, _, _):
        telling.subscribe(desk, Subscription(colours=["red", "blue", "purple"]))
    _messages(house, group)
    _blue(house)
    with _as(house, "officer@xc.example", "contribute") as (desk, _, _):
        notice = noticing.draft(desk, _red(desk))
        reviewing.submit(desk, notice.id, notice.version)


@contextmanager
def _as(
    house: House, email: str, act: str, purpose: str = "desk", why: str = "own desk"
) -> Iterator[tuple[Desk, Keyring, str]]:
    """A sitting of one of the story's officers: (desk, his bureau's keys, his name)."""
    code, name = next((code, name) for code, name, address, _ in OFFICERS if address == email)
    with sit(house, HOUSE_ASKER) as desk:
        asker = asker_for(desk, f"{code}:{email}", purpose, why)
        desk.note("see", what="an officer")
    with sit(house, asker, act, writing=True) as desk:
        ring = ring_of(desk, code)
        assert ring is not None, "the story founded this bureau's key"
        yield desk, ring, name


def _roster(house: House, email: str) -> None:
    with _as(house, email, "administer") as (desk, _, _):
        code = next(code for code, b in by_code(desk).items() if b.number == desk.asker.bureau)
        said = BUREAUS[code]
        feast = f"{desk.today.year}-12-25 Midwinter"
        form = DeskForm(
            duty=said.duty,
            zone=said.zone,
            hours=said.hours,
            languages=list(said.languages),
            holidays=[] if said.hours == "24/7" else [feast],
        )
        duty.edit(desk, code, form)


def _group(house: House) -> str:
    """The working group, whose members have accepted; returns its id."""
    with _as(house, "analyst@xa.example", "convene") as (desk, _, _):
        form = GroupForm(
            name="Pesticide ring",
            area="counterfeit-goods",
            purpose="Who makes, moves and sells the counterfeit pesticide.",
            ends=desk.today + timedelta(days=180),
        )
        group = working_groups.convene(desk, form).id
    with _as(house, "analyst@xa.example", "convene") as (desk, _, _):
        found = experts.search(desk, ExpertQuery())
        for name in ("Amina Rask", "Lena Voss"):
            entry = next(e.id for e in found if e.first("name") == name)
            inviting.invite(desk, group, InviteForm(expert=entry))
        inviting.invite(desk, group, InviteForm(colleague="officer@xa.example"))
    for email in ("officer@xb.example", "officer@xd.example", "officer@xa.example"):
        with _as(house, email, "see") as (desk, _, _):
            for invitation in inviting.invitations(desk):
                inviting.answer(desk, invitation.id, accept=True)
    return group


def _messages(house: House, group: str) -> None:
    sent = {}
    for letter in LETTERS:
        with _as(house, letter.officer, "message") as (desk, ring, name):
            sent[letter.ref] = service.send(desk, ring, draft_of(**letter.said, ref=letter.ref), name).id
    with _as(house, "analyst@xa.example", "message") as (desk, ring, name):
        service.send(desk, ring, draft_of(**GROUP_LETTER, group=group, ref="demo-group"), name)
    with _as(house, "officer@xa.example", "message") as (desk, ring, name):
        drafts.keep(desk, ring, draft_of(**DRAFT))
        why = "The carrier has sent it to us."
        service.cancel(desk, ring, sent["demo-passengers"], why, name)
    with _as(house, "officer@xb.example", "message") as (desk, ring, name):
        mark_opened(desk, ring, sent["demo-invoice"])
        given = [
            _content(1, "Oui. Elle est dirigée depuis 2019 par Anton Velkov, dit « l'Apothicaire »."),
            _content(2, "Non. Ce numéro n'a jamais été attribué, et le cachet est imité."),
        ]
        told = answer_of(answers=given, case="XB-2026-0088", language="fr", ref="demo-invoice-answer")
        service.answer(desk, ring, sent["demo-invoice"], told, name)
    with _as(house, "officer@xc.example", "message") as (desk, ring, name):
        mark_opened(desk, ring, sent["demo-laboratory"])
        given = [
            _content(1, "Carbofuran, 38 per cent. It is not what the label says."),
            {"question": 2, "how": "time", "until": (desk.now + timedelta(hours=20)).isoformat()},
        ]
        told = answer_of(answers=given, case="XC-2026-0032", ref="demo-laboratory-answer")
        service.answer(desk, ring, sent["demo-laboratory"], told, name)


def _content(question: int, text: str) -> Mapping[str, object]:
    return {"question": question, "how": "content", "text": text}


def _blue(house: House) -> None:
    """A notice all the way: drafted, checked by a second officer, reviewed, published."""
    with _as(house, "officer@xb.example", "contribute") as (desk, _, _):
        kingpin = desk.ref_id(desk.asker.bureau, "kingpin")
        form = NoticeForm(
            colour="blue",
            reach="all",
            fields=BLUE,
            attest=["neutral"],
            subject=SubjectForm(record=kingpin),
        )
        notice = noticing.draft(desk, form)
        notice = reviewing.submit(desk, notice.id, notice.version)
    with _as(house, "second@xb.example", "approve") as (desk, _, _):
        notice = reviewing.check(desk, notice.id, Check(version=notice.version, approve=True))
    with _as(house, "officer@xb.example", "contribute") as (desk, _, _):
        notice = reviewing.send(desk, notice.id, notice.version)
    with _as(house, "desk@xz.example", "review") as (desk, _, _):
        why = "It helps to recognise him, and says no more than that."
        answers = {flag.id: why for flag in reviewing.flags(desk, notice)}
        said = ReviewForm(version=notice.version, decision="publish", answers=answers)
        reviewing.review(desk, notice.id, said)


def _red(desk: Desk) -> NoticeForm:
    """About a record of which others have a hint alone; the notice would widen it."""
    chemist = desk.ref_id(desk.asker.bureau, "chemist")
    return NoticeForm(
        colour="red",
        reach="all",
        fields=RED,
        attest=["neutral", "ordinary", "extradition"],
        subject=SubjectForm(record=chemist, widen=True),
    )
