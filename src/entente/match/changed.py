"""Records that changed, held in memory: which of them a question may mean, and which it does.

A search asks one question of an index; this asks many questions of few records. What an index would propose
(all tokens but one, by any of their keys, or a number) is proposed here too, and the same comparison decides.
"""

from collections import Counter, defaultdict
from collections.abc import Mapping

from entente.core.scoring import Score
from entente.core.things import Body
from entente.match.evidence import compare
from entente.match.numbers import keys_of
from entente.match.question import Question
from entente.match.records import Features, queries_of, read, tokens_of
from entente.match.standing import spelled


class Changed:
    """Records by an id each: (kind, body), laid out by their keys."""

    def __init__(self, records: Mapping[str, tuple[str, Body]]) -> None:
        self._features: dict[str, Features] = {}
        self._by_number: dict[str, set[str]] = defaultdict(set)
        self._by_name: dict[tuple[str, str], set[str]] = defaultdict(set)
        for id, (kind, body) in records.items():
            self._features[id] = read(kind, body)
            for key in keys_of(kind, body):
                self._by_number[key].add(id)
            for token in tokens_of(kind, body):
                for name_key in spelled(token):
                    self._by_name[name_key].add(id)

    def proposed(self, question: Question) -> set[str]:
        """Ids of the records that share a number with a question, or all tokens of a name but one."""
        found = {id for _, key, _ in question.numbers for id in self._by_number.get(key, ())}
        for asked in queries_of(question):
            shared: Counter[str] = Counter()
            for token in asked.tokens:
                shared.update(set().union(*(self._by_name.get(key, ()) for key in spelled(token))))
            least = max(1, len(asked.tokens) - 1)
            found |= {id for id, many in shared.items() if many >= least}
        return found

    def answering(self, question: Question, least: float) -> dict[str, Score]:
        """Ids of the records that are `least` near to a question or nearer."""
        scores = {id: compare(question, self._features[id]) for id in sorted(self.proposed(question))}
        return {id: score for id, score in scores.items() if score.value >= least}
