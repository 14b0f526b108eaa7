"""Illicit goods: what one value of a seizure means, read strictly and never guessed.

`taxonomy` is the tree of goods, `codes` the closed lists; `hs`, `units`, `countries`, `places`, `dating` and
`conveyances` each read one value; `conversions` brings quantities to a standard unit, `outliers` says which wait
for a person. Pure: text in, values or reasons out.
"""
