"""Networks weighed: who is active, who holds them together, who stands between, what falls apart.

Pure functions of the network they are handed, so that what an asker may not see moves nothing.
Names decide no value and no rank, and what is drawn by chance is drawn from a fixed seed.
"""

from entente.match.graph.network import Link, Network

__all__ = ["Link", "Network"]
