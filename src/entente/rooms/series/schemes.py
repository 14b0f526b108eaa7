"""A bureau's own schemes of categories beside those of the house; what a category is in the common scheme."""

import json
from collections.abc import Sequence
from datetime import timedelta

from entente.core.problems import Fault, Faulty
from entente.desk import Desk
from entente.rooms.series import model
from entente.rooms.series.clearing import must_be_cleared
from entente.rooms.series.clearing import own as own_papers
from entente.rooms.series.formats import Scheme, built_in, scheme_from
from entente.rooms.series.formats import common as common_of
from entente.rooms.series.media_model import Category

KIND = "CategoryScheme"
MOST = 50
KEPT = timedelta(days=3652)


def own(desk: Desk) -> list[Scheme]:
    """The schemes of one's own bureau."""
    found = [t for _, t in desk.find([_key(desk.asker.bureau)], limit=MOST)]
    return [scheme_from(t.first("name"), t.first("edition"), t.first("content")) for t in found]


def common(category: Category, schemes: Sequence[Scheme]) -> str:
    """What a category is in the common scheme; `unmapped` where no scheme explains it."""
    return common_of(category.scheme, category.edition, category.code, schemes)


def listed(desk: Desk) -> list[model.Scheme]:
    """The house's schemes, then those of one's bureau."""
    must_be_cleared(desk)
    desk.note("see", what="schemes of categories")
    return [_shown(s, False) for s in built_in()] + [_shown(s, True) for s in own(desk)]


def write(desk: Desk, form: model.SchemeForm) -> model.Scheme:
    """Write a version of one's own scheme. Raises Faulty.

    A version that stands is never written over: what was judged by it stays so.
    """
    must_be_cleared(desk)
    scheme = scheme_from(form.name, form.edition, form.categories)
    standing = own(desk)
    faults = []
    if any(
        (s.name.casefold(), s.edition.casefold()) == (scheme.name.casefold(), scheme.edition.casefold())
        for s in standing
    ):
        faults.append(Fault("edition", "This version stands already", "Write the next one."))
    if len(standing) >= MOST:
        faults.append(Fault("name", f"Your bureau has {MOST} schemes", "Use one of them."))
    if faults:
        raise Faulty(faults=tuple(faults))
    kept = desk.keep(
        KIND,
        {
            "name": scheme.name,
            "edition": scheme.edition,
            "content": json.dumps(dict(form.categories), ensure_ascii=False),
            "officer": desk.asker.officer,
        },
        own_papers(desk.asker.bureau),
        expires=desk.today + KEPT,
        keys=(_key(desk.asker.bureau),),
    )
    desk.note("contribute", object=kept.id, what="scheme of categories")
    return _shown(scheme, True)


def _key(bureau: int) -> str:
    return f"category-schemes:{bureau}"


def _shown(scheme: Scheme, mine: bool) -> model.Scheme:
    codes = {code: {"label": c.label, "common": c.common} for code, c in scheme.codes.items()}
    return model.Scheme(name=scheme.name, edition=scheme.edition, own=mine, categories=codes)
