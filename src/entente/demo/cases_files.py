"""Files to try the reports room with, beside the demo's house: a judgment to cite, the one that takes a case
out of the casebook, an article, a picture of a page, and what is no file of evidence.

Courts and people are invented. Dates are shortly before the day on which they are written.
"""

from datetime import date, timedelta

import typst

from entente.demo.cases_content import press, retrial
from entente.demo.specimen_judgment import Judgment

SCAN = b"""
#set page(width: 60mm, height: 80mm)
#for n in range(9) { line(length: if calc.rem(n, 3) == 2 { 60% } else { 100% }); v(3mm) }
"""
"""A page of which only lines are seen: a PDF without a word, as a scanner leaves one."""


def files(today: date) -> dict[str, bytes]:
    """What there is to try, by path with slashes."""
    judgment = to_cite(today)
    scan = typst.compile(SCAN, timestamp=0)
    assert isinstance(scan, bytes)
    good = {
        "judgment.pdf": judgment.pdf(),
        "judgment.txt": judgment.text(),
        "acquittal.pdf": retrial(today).pdf(),
        "article.txt": press(),
        "scan.pdf": scan,
        "refused/no document.docx": b"PK\x03\x04\x14\0 no judgment in here",
    }
    return {f"cases/{name}": content for name, content in good.items()}


def to_cite(today: date) -> Judgment:
    """A judgment of which no case study is written yet; its group was three persons and more."""
    day = today - timedelta(days=400)
    return Judgment(
        "Court of Port Arven",
        f"ECLI:XA:CPA:{day.year}:900",
        day,
        "Judgment on participation in an organised criminal group, and fraud",
        (
            "Before the court stand Bertil Klinge, Oona Pasternack and Jules Averbode (Penal Code, 141).",
            "In two summers they sold sun cream that held no filter, in bottles of a known maker.",
            "Eleven people were burned, of whom two were children. Their names are not told here.",
            "The group filled the bottles in a barn. The court finds this beyond reasonable doubt.",
            "Oona Pasternack moved the proceeds through a beach bar. The court finds this so, too.",
            "The group had six members; tasks were shared out beforehand, and it existed for two years.",
            "Its members acted in concert and for money, in Arvenia and in Belmark.",
            "The law punishes these offences by at most 120 months of imprisonment.",
            "Each of the accused is guilty, and is sentenced to 40 months of imprisonment.",
            "An appeal may be filed within thirty days.",
        ),
    )
