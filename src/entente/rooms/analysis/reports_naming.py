"""What the form of a report calls things: records, charts and officers by their names instead of their
numbers, and fields by their labels where one has a fault."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from entente.core.problems import Fault
from entente.core.things import Thing
from entente.desk import Desk
from entente.rooms.analysis import members
from entente.rooms.analysis.charts import service as charts
from entente.rooms.analysis.reports import form_of_blocks as form
from entente.rooms.analysis.reports_labels import BLOCKS
from entente.rooms.analysis.subjects_pages import choices
from entente.web import formats, words
from entente.web.language import N_, _

Choice = tuple[str, str]
Places = dict[str, tuple[str, str]]
_CITED = re.compile(r"\[\[([^\[\]\n]{1,300})\]\]")
_UNREADABLE = "This is not written as it must be"
"""What web.faults says of a text that is no id."""
_NAMELESS: Mapping[str, str] = {
    "record": N_("No record of the file is called so, or several are"),
    "ids": N_("No record of the file is called so, or several are"),
    "chart": N_("No chart of the file is called so, or several are"),
    "officer": N_("No member of the file is called so, or several are"),
}
_OF_BLOCK: Mapping[str, str] = {
    "text": N_("Text"),
    "likelihood": N_("How likely"),
    "confidence": N_("How confident"),
    "record": N_("Record"),
    "chart": N_("Chart"),
    "ids": N_("Record"),
    "since": N_("From"),
    "until": N_("Until"),
    "columns": N_("Properties, one a line"),
    "head": N_("Head: cells between bars"),
    "rows": N_("Rows, one a line: cells between bars"),
    "which": N_("Measures"),
    "most": N_("How many rows"),
    "caption": N_("Caption"),
}
_OF_RECIPIENT: Mapping[str, str] = {
    "bureau": N_("Bureau"),
    "unit": N_("Unit"),
    "officer": N_("Officer"),
    "channel": N_("Channel"),
}


class Names:
    """What things are called, and which of them a name means; a name that several have means none."""

    def __init__(self, named: Iterable[Choice], also: Iterable[Choice] = ()) -> None:
        """`also`: shorter names; they give way to full ones."""
        self.choices = list(named)
        self._label = dict(self.choices)
        self._meant: dict[str, set[str]] = {}
        for id, label in self.choices:
            self._meant.setdefault(label.casefold(), set()).add(id)
        full = frozenset(self._meant)
        for id, label in also:
            if label.casefold() not in full:
                self._meant.setdefault(label.casefold(), set()).add(id)

    def id_of(self, said: str) -> str:
        """The id that is meant; what was said where it is no one thing's name."""
        found = self._meant.get(said.strip().casefold(), set())
        return next(iter(found)) if len(found) == 1 else said.strip()

    def name_of(self, id: str) -> str:
        """What stands in a field for an id: its name where that means it alone."""
        label = self._label.get(id, id)
        return label if self.id_of(label) == id else id

    def options(self) -> list[Choice]:
        """(what is written, label) of each, to be offered as one types."""
        return [(self.name_of(id), label) for id, label in self.choices]


@dataclass(frozen=True, slots=True)
class Known:
    """What an author may name: of the file, and as far as he sees it."""

    records: Names
    charts: Names
    officers: Names


def known(desk: Desk, file: Thing) -> Known:
    """What may be named in a report of a file."""
    records = choices(desk, file)
    drawn = charts.charts(desk, file)
    people = [(m.id, f"{m.name} ({m.bureau})") for m in members.shown(desk, file)]
    return Known(
        records=Names(records, also=_bare(records)),
        charts=Names([(t.id, _titled(t)) for t in drawn], also=[(t.id, t.first("title")) for t in drawn]),
        officers=Names(people, also=_bare(people)),
    )


def _bare(named: Iterable[Choice]) -> list[Choice]:
    return [(id, label.rpartition(" (")[0]) for id, label in named]


def _titled(chart: Thing) -> str:
    title = chart.first("title")
    if not charts.is_snapshot(chart):
        return title
    return f"{title} ({_('Snapshot')}, {formats.day(chart.first('at')[:10])})"


# --- between the form and the blocks ---------------------------------------------------------------


def meant(blocks: Iterable[form.Fields], known: Known) -> list[form.Fields]:
    """Blocks as they were typed, with ids for names."""
    return [{name: _meant(name, value, known) for name, value in block.items()} for block in blocks]


def _meant(name: str, value: object, known: Known) -> object:
    match name, value:
        case "record", str():
            return known.records.id_of(value)
        case "chart", str():
            return known.charts.id_of(value)
        case "ids", list():
            return [known.records.id_of(one) for one in value]
        case "text", str():
            return _citing(value, known)
        case "head", list():
            return [_citing(cell, known) for cell in value]
        case "rows", list():
            return [[_citing(cell, known) for cell in row] for row in value]
        case _:
            return value


def _citing(text: str, known: Known) -> str:
    return _CITED.sub(lambda found: f"[[{known.records.id_of(found[1])}]]", text)


def addressed(to: Iterable[form.Fields], known: Known) -> list[form.Fields]:
    """Recipients as they were typed, with ids for names."""
    return [{**one, "officer": known.officers.id_of(one["officer"])} for one in to]


def worded(fields: Mapping[str, str], known: Known) -> dict[str, str]:
    """A block's fields with names for ids. Citations in texts stay as they are kept."""
    made = dict(fields)
    if "record" in made:
        made["record"] = known.records.name_of(made["record"])
    if "ids" in made:
        made["ids"] = "\n".join(map(known.records.name_of, made["ids"].splitlines()))
    return made


# --- where a fault stands --------------------------------------------------------------------------


def at_fields(faults: Iterable[Fault], blocks: Sequence[form.Fields]) -> list[Fault]:
    """Faults of the API's input at the fields of the form: `blocks/2/profile/record` is `b2-record`."""
    return [_at_field(fault, blocks) for fault in faults]


def _at_field(fault: Fault, blocks: Sequence[form.Fields]) -> Fault:
    whole, *rest = fault.where.split("/")
    if whole not in ("blocks", "distribution") or not rest or not rest[0].isdecimal():
        return fault
    n, parts = int(rest[0]), rest[1:]
    if len(parts) > 1 and n < len(blocks) and parts[0] == blocks[n]["sort"]:
        parts = parts[1:]  # the API names the sort of a block before the field
    name = parts[0] if parts else ""
    field = "-".join(parts[:2] if name == "ids" else parts[:1])
    where = f"{whole[0] if whole == 'blocks' else 'r'}{n}{'-' if field else ''}{field}"
    if fault.what == _UNREADABLE and name in _NAMELESS:
        left = whole == "blocks" and n < len(blocks) and not blocks[n].get(name)
        return Fault(where, "This is missing" if left else _NAMELESS[name], N_("Choose one of the list."))
    return replace(fault, where=where)


def places(blocks: Sequence[tuple[str, Mapping[str, str]]], recipients: int) -> Places:
    """Where each field of the form is, and what it is called."""
    made: Places = {
        "title": ("f-title", _("Title")),
        "level": ("f-level", _("Level")),
        "template": ("f-template", _("Template")),
        "changes": ("f-changes", _("What is new in this edition")),
        "distribution": ("f-r0-bureau", _("Distribution")),
    }
    for n, (sort, fields) in enumerate(blocks):
        head = f"{n + 1} · {words.label(BLOCKS, sort)}"
        made[f"b{n}"] = (f"block-{n}", head)
        for name in form.EMPTY[sort]:
            if name == "ids":
                made[f"b{n}-ids"] = (f"f-b{n}-ids-0", f"{head}: {_('Records')}")
                for k in range(len(fields.get("ids", "").splitlines())):
                    made[f"b{n}-ids-{k}"] = (f"f-b{n}-ids-{k}", f"{head}: {_('Record')} {k + 1}")
            elif name in _OF_BLOCK:
                made[f"b{n}-{name}"] = (f"f-b{n}-{name}", f"{head}: {_(_OF_BLOCK[name])}")
    for n in range(recipients):
        made[f"r{n}"] = (f"f-r{n}-bureau", f"{_('Distribution')} {n + 1}")
        for name, label in _OF_RECIPIENT.items():
            made[f"r{n}-{name}"] = (f"f-r{n}-{name}", f"{_('Distribution')} {n + 1}: {_(label)}")
    return made
