"""Threat assessments: indicators scored blind by two persons, agreed or taken to a third, reviewed, locked.

An assessment takes a copy of its indicators, so that it can be recomputed for ever. Scores of one scorer are
the house's own until both have handed in; what everybody reads afterwards is reckoned anew from them.
"""
