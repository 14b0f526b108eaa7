"""Charts of an analysis file: cells and a log of commands, drawn, compared, taken out and brought in.

A chart keeps ids and positions. Whoever opens it gets what he may see of it now, and the cells all of whose
things he may see; the rest does not exist for him.
"""

from entente.rooms.analysis.charts.service import placed

__all__ = ["placed"]
