"""Travel and identity documents: what is printed on one, and whether it agrees with itself.

Pure: a picture comes in as an array that somebody else decoded, a zone as its lines. Nothing here reads a
file beside our own tables, asks the time or changes what was printed: the raw reading, the likely one and
the difference are always told apart.
"""
