"""Biometrics: fingerprints, marks and faces in, ranked candidates out, judged by a person.

A bureau enrols sets of persons and marks whose makers nobody knows. A search reads what it is given, compares
it with what the asker may see, and forgets it; an examiner judges each candidate, a second one who does not
know the verdict judges it again, and what both call a hit goes to its owner like any other.
"""

from entente.rooms.biometrics.duties import JOBS, duties
from entente.rooms.biometrics.encoding import use
from entente.rooms.biometrics.limits import LIMITS

__all__ = ["JOBS", "LIMITS", "duties", "use"]
