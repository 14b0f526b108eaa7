"""A question as a tantivy query: constant scores alone, so that nothing of the corpus moves them."""

from tantivy import FieldType, Occur, Query, Schema, SchemaBuilder

from entente.core.access import View
from entente.engines.seams import NameQuery, TokenKeys
from entente.engines.text.points import DELETES, EXACT, SOUNDS, day_of, grained, needed
from entente.engines.text.terms import term


def schema() -> Schema:
    """`key` is the record's number as raw text: deleting by an unsigned field deletes nothing (0.27)."""
    made = SchemaBuilder()
    made.add_text_field("key", tokenizer_name="raw", index_option="basic")
    for name in ("exact", "deletes", "sounds", "facts", "access"):
        made.add_text_field(name, tokenizer_name="whitespace", index_option="basic")
    made.add_integer_field("day", fast=True)
    made.add_unsigned_field("tie", fast=True)
    made.add_unsigned_field("n", fast=True)
    return made.build()


SCHEMA = schema()


def has(field: str, key: str, points: float = 0.0) -> Query:
    """Records with a key in a field, all with the same points."""
    return Query.const_score_query(Query.term_query(SCHEMA, field, term(key), "basic"), points)


def any_of(field: str, keys: frozenset[str] | tuple[str, ...]) -> Query:
    """Records with any of these keys, without points. One dense term is far cheaper than a union."""
    if len(keys) == 1:
        return has(field, next(iter(keys)))
    union = Query.boolean_query([(Occur.Should, has(field, key)) for key in keys])
    return Query.const_score_query(union, 0.0)


def between(field: str, low: int, high: int) -> Query:
    """Records whose number in a field lies in these bounds, both in, without points."""
    return Query.const_score_query(Query.range_query(SCHEMA, field, FieldType.Unsigned, low, high), 0.0)


def _token(token: TokenKeys) -> Query:
    exact, deletes, sounds = (grained(points * token.weight) for points in (EXACT, DELETES, SOUNDS))
    return Query.disjunction_max_query(
        [has("exact", token.exact, exact)]
        + [has("deletes", key, deletes) for key in token.deletes]
        + [has("sounds", key, sounds) for key in token.sounds]
    )


def question(query: NameQuery, view: View) -> Query:
    """The whole question, the view inside it."""
    today = Query.range_query(SCHEMA, "day", FieldType.Integer, lower_bound=day_of(view.today) + 1)
    parts = [
        (Occur.Must, any_of("access", view.terms)),
        (Occur.Must, Query.const_score_query(today, 0.0)),
    ]
    if query.tokens:
        tokens = [(Occur.Should, _token(token)) for token in query.tokens]
        parts.append((Occur.Must, Query.boolean_query(tokens, minimum_number_should_match=needed(query))))
    parts += [(Occur.Must, any_of("facts", facts)) for facts in query.where]
    parts += [(Occur.Should, has("facts", fact, grained(p))) for fact, p in query.favour.items()]
    return Query.boolean_query(parts)


def narrowed(query: Query, must: Query) -> Query:
    """The same question with a further condition that gives no points."""
    return Query.boolean_query([(Occur.Must, query), (Occur.Must, must)])
