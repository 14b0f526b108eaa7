"""Illicit goods: what one value of a seizure means, read strictly and never guessed.

`taxonomy` is the tree of goods, `codes` the closed lists; `hs`, `units`, `countries`, `places`, `dating` and
`taxonomy` is the tree of goods, `codes` the closed lists; `hs`, `units`, `countries`, `places`, `dating` and
for a person. Pure: text in, values or reasons out.
"""
