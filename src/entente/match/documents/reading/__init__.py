"""Reading machine readable zones in pictures: OCR-B, in any of four directions, flat or photographed.

A picture comes in as a grey array. `rows` finds where lines of fixed pitch may be, `tracks` makes them
straight, `glyphs` is the net that knows the characters, `lines` and `zones` put them together, `decoding` has
the likeliest zone that conforms (layouts in `forms`). What was printed is always told as it was printed,
beside the likely reading and the cost between both: nothing is repaired silently.
"""

from entente.match.documents.reading.picture import Nothing, Reading, read

__all__ = ["Nothing", "Reading", "read"]
