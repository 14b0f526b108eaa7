"""Case studies: parties, claims with evidence, proceedings, the Palermo checklist, review, and queries.

A case is one thing with numbered lines; every edit is a version of the whole, so that what a reviewer
accepted is what stands. Proof levels and admission follow from it and are kept nowhere.
"""
