"""All files that are tried beside the demo's house, by path with slashes: drawn, or invented."""

from datetime import datetime

from entente.demo import (
    biometrics_files,
    cases_files,
    goods_files,
    payments_files,
    series_disk,
    specimens,
)


def files(now: datetime) -> dict[str, bytes]:
    """The files; those with dates in them are dated shortly before `now`, which has a zone."""
    pages = {"genuine.jpg": specimens.genuine(), "forged.jpg": specimens.forged()}
    made = {name: specimens.photograph(page, 5) for name, page in pages.items()}
    made |= {f"disk/{path}": content for path, content in series_disk.files().items()}
    made |= biometrics_files.files() | payments_files.files(now)
    return made | goods_files.files(now.date()) | cases_files.files(now.date())
