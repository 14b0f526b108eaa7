"""OpenSanctions' LogicV2, as `benchmarks.side` asks its sides; needs .venv-peers (`make bench-names`)."""

import logging
from itertools import count

from followthemoney import EntityProxy, model
from followthemoney.helpers import combine_names
from nomenklatura.matching import LogicV2

logging.disable(logging.WARNING)
CONFIG = LogicV2.default_config()
"""As it comes; its own threshold is .7."""
_ids = count()
"""Its caches take two entities of one id for one."""


def asked(kind: str, body: dict[str, list[str]]) -> EntityProxy:
    entity = model.make_entity(kind)
    entity.id = f"entity-{next(_ids)}"
    for name, values in body.items():
        entity.add(name, values, quiet=True, fuzzy=True)
    combine_names(entity)
    return entity


record = asked


def compare(question: EntityProxy, found: EntityProxy) -> tuple[float, float]:
    """One number stands for both "same name" and "same person": LogicV2 tells no other."""
    score = LogicV2.compare(question, found, CONFIG).score
    return score, score
