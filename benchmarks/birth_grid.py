"""Twelve pairs of dates of birth under one same name: the first of each speaks more for one person (T15)."""

ASKED = "1971-03-12"
GRID = (
    ("the same day over day and month swapped", (ASKED, ASKED), (ASKED, "1971-12-03")),
    ("the same day over one digit off", (ASKED, ASKED), (ASKED, "1971-03-13")),
    ("the same day over the same year", (ASKED, ASKED), (ASKED, "1971")),
    ("day and month swapped over another day of the year", (ASKED, "1971-12-03"), (ASKED, "1971-08-25")),
    ("one digit off over another day of the year", (ASKED, "1971-03-13"), (ASKED, "1971-08-25")),
    ("the same year over no date", (ASKED, "1971"), (ASKED, "")),
    ("the same year over the next", ("1971", "1971"), ("1971", "1972")),
    ("the next year over the third", ("1971", "1972"), ("1971", "1974")),
    ("the third year over the nineteenth", ("1971", "1974"), ("1971", "1990")),
    ("one year apart over nineteen", (ASKED, "1972-03-12"), (ASKED, "1990-03-12")),
    ("no date over nineteen years apart", (ASKED, ""), (ASKED, "1990-03-12")),
    ("the first of January of the year over another day of it", (ASKED, "1971-01-01"), (ASKED, "1971-08-25")),
)
"""(what, (asked, found), (asked, found)); "" is no date."""
