"""Search: one box, candidates with reasons, a verdict by a person, a hit with a clock.

Whoever asks says why; what he may not see changes nothing he can observe. A verdict of "same" makes
a hit: the owner sees it in the inbox and confirms or denies.
"""

from entente.rooms.search.model import Search
from entente.rooms.search.service import search, shown

__all__ = ["Search", "search", "shown"]
