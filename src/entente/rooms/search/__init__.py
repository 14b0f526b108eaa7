"""Search: one box, candidates with reasons, a verdict by a person, a hit with a clock.

Whoever asks says why; what he may not see changes nothing he can observe. A verdict of "same" makes
a hit: the owner sees it in the inbox and confirms or denies. A search may be kept for a while and rings
for what is new; bureaus that ask for the same subject are told of each other, where both want it.
"""

from entente.rooms.search.cards import card
from entente.rooms.search.deconfliction import SET_DAYS as DECONFLICTION_DAYS
from entente.rooms.search.hit_clock import tick
from entente.rooms.search.hits import Finding, inbox, judged, make_hit
from entente.rooms.search.meeting import Meetings
from entente.rooms.search.model import Candidate, Contact, Search
from entente.rooms.search.ringing import Ringing
from entente.rooms.search.service import Answered, contact, question_of, search, shown, spelled
from entente.rooms.search.standing import for_inquiry
from entente.rooms.search.standing import reads as reads_query

__all__ = [
    "DECONFLICTION_DAYS",
    "Answered",
    "Candidate",
    "Contact",
    "Finding",
    "Meetings",
    "Ringing",
    "Search",
    "card",
    "contact",
    "for_inquiry",
    "inbox",
    "judged",
    "make_hit",
    "question_of",
    "reads_query",
    "search",
    "shown",
    "spelled",
    "tick",
]
