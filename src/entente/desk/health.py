"""Whether the house can answer at all: what a load balancer or a watchdog asks, and of no record."""

from entente.core.problems import Unavailable
from entente.desk.house import House

READ = "bureaus"


def ready(house: House) -> bool:
    """Whether the store is read and the index of names is whole. Raises nothing."""
    try:
        with house.store.reading() as tx:
            tx.notes.read(READ)
            return not house.index_is_remade(tx)
    except Unavailable:
        return False
