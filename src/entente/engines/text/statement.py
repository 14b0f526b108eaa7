"""A question as one SQL statement over the full-text table."""

import json
from collections.abc import Iterable, Sequence

from entente.core.access import View
from entente.engines.seams import NameQuery
from entente.engines.text.points import DELETES, EXACT, SOUNDS, day_of, grained, needed


def cell(sort: str, key: str) -> str:
    """A key as one word of FTS5's ASCII tokenizer, which folds case and splits at signs.

    `sort` is one letter: what sort of key it is.
    """
    if key.isascii() and key.isalnum() and key.islower():
        return f"{sort}0{key}"
    return f"{sort}1{key.encode().hex()}"


def cells(sort: str, keys: Iterable[str]) -> str:
    """Several, apart by spaces."""
    return " ".join([cell(sort, key) for key in keys])


def _match(sort: str, keys: Iterable[str]) -> str:
    return "(" + " OR ".join(f'"{cell(sort, key)}"' for key in keys) + ")"


def statement(query: NameQuery, view: View, audiences: Sequence[int], most: int) -> tuple[str, list[object]]:
    """SQL and its values, for rows (-points, tie, n), best first, at most `most`."""
    given: list[object] = []
    matched = _by_tokens(query, given) if query.tokens else _by_facts(query, given)
    favour = "0.0"
    for fact, points in query.favour.items():
        favour += " + (instr(doc.facts, ?) > 0) * ?"
        given += [f" {cell('f', fact)} ", grained(points)]
    where = "doc.day > ? and doc.audience in (select value from json_each(?))"
    given += [day_of(view.today), json.dumps(audiences)]
    for facts in query.where:
        where += " and (" + " or ".join("instr(doc.facts, ?) > 0" for _ in facts) + ")"
        given += [f" {cell('f', fact)} " for fact in facts]
    sql = (
        f"{matched} select -(matched.points + {favour}) as minus, doc.tie, doc.n"  # noqa: S608
        f" from matched cross join doc on doc.n = matched.n where {where} order by 1, 2, 3 limit ?"
    )
    return sql, [*given, most]


def _by_tokens(query: NameQuery, given: list[object]) -> str:
    """Each token's best points by record, then their sum where enough tokens matched."""
    hits = []
    for place, token in enumerate(query.tokens):
        for points, sort, keys in (
            (EXACT, "e", {token.exact}),
            (DELETES, "d", token.deletes),
            (SOUNDS, "s", token.sounds),
        ):
            if keys:
                hits.append("select ? as token, rowid as n, ? as points from found where found match ?")
                given += [place, grained(points * token.weight), _match(sort, keys)]
    given.append(needed(query))
    return (
        f"with hit as ({' union all '.join(hits)}),"  # noqa: S608
        " best as (select n, max(points) as points from hit group by n, token),"
        " matched as (select n, sum(points) as points from best group by n having count(*) >= ?)"
    )


def _by_facts(query: NameQuery, given: list[object]) -> str:
    if not query.where:
        return "with matched as (select n, 0.0 as points from doc)"
    given.append(" AND ".join(_match("f", facts) for facts in query.where))
    return "with matched as (select rowid as n, 0.0 as points from found where found match ?)"
