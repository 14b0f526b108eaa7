"""What reads and compares prints here, by name and version: kept beside what they made."""

EXTRACTOR = "entente-prints@1"
"""Prints read by an older one are read again from their pictures."""
MATCHER = "entente-neighbours@1"
"""Scores of `compare` are calibrated for one matcher."""
TEMPLATE = "neighbours@1"
"""Name of the rows that `pack` makes; another name, another index."""
