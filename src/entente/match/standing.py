"""Questions that wait for records: which of them a record may answer, and which it does.

A search asks one question of many records; this asks one record of many questions. What a search would
propose by a number or by name keys is proposed here too (and a little more: one shared name key is
enough), and the same comparison decides.
"""

from collections import defaultdict
from collections.abc import Mapping

from entente.core.kinds import model
from entente.core.scoring import Score
from entente.core.things import Body
from entente.match.evidence import compare
from entente.match.names.keys import TokenKeys
from entente.match.numbers import keys_of
from entente.match.question import Question
from entente.match.records import facts_of, queries_of, read, tokens_of, where_of


class Waiting:
    """Questions by an id each, laid out by their keys. Made anew when one comes or goes."""

    def __init__(self, questions: Mapping[str, Question]) -> None:
        self._questions = dict(questions)
        self._where = {id: where_of(question) for id, question in questions.items()}
        self._by_number: dict[str, set[str]] = defaultdict(set)
        self._by_name: dict[tuple[str, str], set[str]] = defaultdict(set)
        for id, question in questions.items():
            for _, key, _ in question.numbers:
                self._by_number[key].add(id)
            for asked in queries_of(question):
                for token in asked.tokens:
                    for name_key in spelled(token):
                        self._by_name[name_key].add(id)

    def __len__(self) -> int:
        return len(self._questions)

    def proposed(self, kind: str, body: Body) -> set[str]:
        """Ids of the questions that share a number or a name key with a record."""
        found: set[str] = set()
        if self._by_number:
            for key in keys_of(kind, body):
                found |= self._by_number.get(key, set())
        if self._by_name:
            for token in tokens_of(kind, body):
                for name_key in spelled(token):
                    found |= self._by_name.get(name_key, set())
        return found

    def answered(self, kind: str, body: Body, least: float) -> dict[str, Score]:
        """Ids of the questions whose filters the record fits and to which it is `least` near or nearer."""
        proposed = self.proposed(kind, body)
        if not proposed:
            return {}
        facts = facts_of(kind, body, model()[kind].lineage)
        features = read(kind, body)
        found = {}
        for id in sorted(proposed):
            if all(facts & any_of for any_of in self._where[id]):
                score = compare(self._questions[id], features)
                if score.value >= least:
                    found[id] = score
        return found


def spelled(token: TokenKeys) -> set[tuple[str, str]]:
    """The keys of a token, each with its sort: a deletion meets a deletion, never a sound."""
    return {
        ("=", token.exact),
        *[("-", key) for key in token.deletes],
        *[("~", key) for key in token.sounds],
    }
