"""The review: one line after another, no picture by itself, counted, with a limit a day.

Blurring and grey do not protect those who look (spec A1.4); not having to look does. So one picture stands
for its group, what is known is not here at all, and after the day's limit the review ends.
"""

import re
from collections.abc import Callable
from datetime import date

from entente.triage.sorting import Sorted
from entente.triage.walking import shown
from entente.triage.work_file import WorkFile

BREAK_EVERY = 25
_CATEGORY = re.compile(r"[A-Za-z0-9 ._-]{1,20}\Z")
HOW = "A category, Enter to leave it for later, “skip” for good, “stop” to end: "


def review(
    kept: WorkFile,
    found: Sorted,
    most: int,
    tell: Callable[[str], None],
    ask: Callable[[str], str],
    today: Callable[[], date] = date.today,
) -> None:
    """Go through what was not decided yet. A category holds for the group. Ends at `most` looks a day."""
    decided = kept.decisions()
    rest = [one for one in found.to_look_at() if one[2].sha256 not in decided]
    tell(f"{len(rest)} to look at; {kept.looks(today().isoformat())} of {most} looks today.")
    for number, group, item in rest:
        looks = kept.looks(today().isoformat())
        if looks >= most:
            tell(f"{looks} looks today: that is enough. The rest waits until tomorrow.")
            return
        files = sum(found.items.all[at].copies for at in group.members)
        split = found.split_of(group)
        tell(f"{split}: {shown(item.path)}  {item.size} bytes, group {number} of {files} files")
        tell(f"  {found.why(group)}")
        said = _asked(tell, ask)
        if said == "stop":
            return
        looks = kept.look(today().isoformat(), item.sha256)
        if said:
            for at in group.members:
                kept.decide(found.items.all[at].sha256, "" if said == "skip" else said)
        if looks % BREAK_EVERY == 0 and looks < most:
            ask(f"{looks} looks today. Take a break; Enter to go on: ")
    tell("Nothing more to look at.")


def _asked(tell: Callable[[str], None], ask: Callable[[str], str]) -> str:
    """What was typed; the end of the input is a stop."""
    while True:
        try:
            said = ask(HOW).strip()
        except EOFError:
            return "stop"
        if not said or _CATEGORY.match(said):
            return said
        tell("At most 20 letters, digits, spaces, points, dashes.")
