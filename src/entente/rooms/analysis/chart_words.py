"""What the chart workspace says. The island has no words of its own: the page gives it these (data-words).

`{name}` in a text is filled in by the island, numbers in the reader's way of writing them.
"""

from collections.abc import Mapping

from entente.rooms.analysis import labels
from entente.rooms.analysis.chart_commands import COMMANDS
from entente.web.language import N_, _

WORDS: Mapping[str, str] = {
    # frame
    "loading": N_("Opening the chart…"),
    "commands": N_("Commands"),
    "views": N_("Views"),
    "legend": N_("Legend and filters"),
    "panel": N_("What is selected"),
    "timeline": N_("Timeline"),
    "close": N_("Close"),
    "cancel": N_("Cancel"),
    "save": N_("Save"),
    "try-again": N_("Try again"),
    "canvas-label": N_("Link chart. The table has the same items."),
    "keys-hint": N_(
        "Arrow keys walk over the items, comma and full stop through the links of one. Enter reads it, "
        "T opens the table, question mark lists all keys."
    ),
    "counts": N_("{items} items, {links} links"),
    "tab-chart": N_("Chart"),
    "tab-table": N_("Table"),
    "tab-map": N_("Map"),
    "tab-matrix": N_("Matrix"),
    "tab-measures": N_("Measures"),
    "tab-removal": N_("Removal"),
    "state-saved": N_("Saved"),
    "state-saving": N_("Saving…"),
    "state-waiting": N_("Not saved yet: no connection"),
    "state-refused": N_("Not saved"),
    "state-signed-out": N_("Not saved: signed out"),
    "state-snapshot": N_("Snapshot: what stands on it does not change; what is known of it is read anew"),
    "state-reading": N_("For reading only"),
    "waiting-text": N_("No connection. Your work is kept on this page and saved when the line is back."),
    "signed-out-text": N_(
        "You are signed out. Sign in again in another tab; this page then saves your work."
    ),
    "refused-text": N_("This was not saved, and is taken back. {why}"),
    "left-out": N_("Not set, for they name what is not open to you: {n}"),
    "refused": N_("This was refused."),
    "offline": N_("No connection. Try again in a moment."),
    "closed": N_("This chart is not open to you"),
    "closed-text": N_(
        "It does not exist, or you are not, or no longer, a member of its file. "
        "What was shown has been taken off the screen."
    ),
    "to-files": N_("To your analysis files"),
    "others-changed": N_("Changed by others just now: {by}"),
    "read-only": N_("This chart is open to you for reading only."),
    "too-many": N_(
        "A chart holds {most} items. It has {now}, and this would add {more}. "
        "Narrow the expansion, or take items off first."
    ),
    "needs": N_("{what}: select at least {n} first."),
    "at-most": N_("{what}: at most {n} at once."),
    "nothing-to-do": N_("{what}: there is nothing here to do it with."),
    # empty
    "empty-title": N_("An empty chart"),
    "empty-text": N_("Four keys are enough to begin."),
    "empty-1": N_("Search a name, number or plate, and place it."),
    "empty-2": N_("Expand it: what it would bring is counted first."),
    "empty-3": N_("Find how two of them are linked."),
    "empty-4": N_("See every key."),
    # search
    "search-hint": N_("Search and place"),
    "found": N_("Found"),
    "found-on": N_("On this chart"),
    "found-file": N_("In this file"),
    "found-elsewhere": N_("Elsewhere"),
    "found-none": N_("Nothing that you may see."),
    "ask-owner": N_("{who} has something: ask"),
    "searching": N_("Searching…"),
    "was-on": N_("{what} is on the chart already, and is selected."),
    "nobody-yet": N_("nobody yet"),
    # expand
    "expand-kinds": N_("What to bring"),
    "expand-total": N_("Up to {n} links. What is on the chart already stays where it is."),
    "direction": N_("Direction"),
    "direction-both": N_("both ways"),
    "direction-out": N_("from here"),
    "direction-in": N_("to here"),
    "out-in": N_("{out} out, {in} in"),
    "hops": N_("How far"),
    "hops-1": N_("neighbours"),
    "hops-2": N_("and their neighbours"),
    "since": N_("From"),
    "until": N_("Until"),
    "limit": N_("At most"),
    "scope": N_("Where"),
    "scope-file": N_("in this file"),
    "scope-all": N_("all that you may see"),
    "nothing-around": N_("Nothing is linked to this that you may see."),
    "added": N_("Items added: {n}."),
    "nothing-new": N_("Nothing new: all of it is on the chart already."),
    "showing": N_("Showing {shown} of {many}: narrow it by kind, direction or dates."),
    "around-more": N_("{here} of {many} links are on the chart."),
    "around-all": N_("All of its links are on the chart: {n}."),
    # paths
    "path-from": N_("From"),
    "path-to": N_("To"),
    "path-how": N_("Which"),
    "how-shortest": N_("the shortest"),
    "how-all": N_("all, up to the hops"),
    "how-strongest": N_("the strongest by grade"),
    "path-hops": N_("Hops at most"),
    "paths-found": N_("Paths found: {n}"),
    "paths-text": N_("Each step says what it is, its grade and how sure. Choose one to put it on the chart."),
    "not-whole": N_("The network is wide: not all of it was looked at."),
    "no-path": N_("No path that you may see."),
    "strength": N_("strength {n}"),
    # items
    "items": N_("Items"),
    "links": N_("Links"),
    "owner": N_("Owner"),
    "owners": N_("Owners"),
    "dates": N_("Dates"),
    "place": N_("Place"),
    "countries": N_("Countries"),
    "notes": N_("Notes"),
    "a-group": N_("Group"),
    "certainty": N_("How sure"),
    "grade-is": N_("Grade {grade}"),
    "no-grade": N_("No grade stated"),
    "none-stated": N_("not stated"),
    "n-items": N_("Items: {n}"),
    "n-links": N_("links: {n}"),
    "n-selected": N_("Selected: {n}"),
    "n-hidden": N_("Hidden on this chart: {n}"),
    "more-statements": N_("Further statements that say the same: {n}"),
    "open-record": N_("Open the record"),
    "panel-hint": N_(
        "Select an item or a link to read what is stated of it, by whom, and how good the source is."
    ),
    "is-merged": N_("{n} identities, merged on this chart. The records themselves are as they were."),
    "drawn-line": N_("Drawn line"),
    "drawn-text": N_(
        "An analyst drew this line on the chart. It is no statement of a source, and has no grade."
    ),
    # filters
    "facet-kind": N_("Kind"),
    "facet-category": N_("Category"),
    "facet-country": N_("Country"),
    "facet-owner": N_("Owner"),
    "facet-grade": N_("Grade"),
    "facet-certainty": N_("How sure"),
    "facet-link": N_("Links"),
    "facet-link-certainty": N_("Links: how sure"),
    "facet-link-grade": N_("Links: grade"),
    "filtered": N_("filtered"),
    "more-values": N_("{n} more"),
    "legend-empty": N_("What is on the chart is counted here, and switched off and on."),
    "sifted": N_("Showing {shown} of {of} items."),
    # editing
    "group-name": N_("Name of the group"),
    "grouped": N_("{label}: grouped, {n} items"),
    "collapsed": N_("{label} is collapsed."),
    "opened": N_("{label} is open."),
    "ungrouped": N_("The group is dissolved; its items stay."),
    "merge-text": N_(
        "These are one and the same, in your judgement. Only this chart changes, and it can be split again."
    ),
    "merge-name": N_("Name on the chart"),
    "merged": N_("{label}: {n} identities merged"),
    "was-split": N_("Split again."),
    "note-on": N_("A note on {what}"),
    "note-free": N_("A note on the chart"),
    "note-text": N_("Note"),
    "noted": N_("Noted."),
    "draw-text": N_("From {from} to {to}. It is yours, ungraded, and no statement of a source."),
    "line-name": N_("What it says"),
    "drawn": N_("Drawn."),
    "theme-text": N_("Dated links of what is selected get a line of their own on the timeline."),
    "theme-name": N_("Name of the line"),
    "themed": N_("{label} has a line on the timeline."),
    "pinned": N_("Pinned: {n}. Layouts leave them where they are."),
    "unpinned": N_("Unpinned: {n}"),
    "hidden": N_("Hidden: {n}"),
    "unhidden": N_("Shown again: {n}"),
    "removed": N_("Taken off the chart: {n}. The records stay."),
    "cannot-remove": N_("Links come with their items. Switch them off in the legend instead."),
    "undone": N_("Undone: {what}"),
    "redone": N_("Done again: {what}"),
    "nothing-undone": N_("Nothing to undo."),
    "nothing-redone": N_("Nothing to do again."),
    "chosen": N_("Selected: {n}"),
    "snapshot-text": N_(
        "A snapshot keeps the chart as it is now: what stands on it does not change; "
        "what is known of it is read anew."
    ),
    "snapshot-title": N_("Title"),
    "snapshot-made": N_("The snapshot is kept with the file's charts."),
    # layouts
    "layout-force": N_("Force"),
    "layout-force-text": N_("What is linked lies together."),
    "layout-hierarchy": N_("Hierarchy"),
    "layout-hierarchy-text": N_("In layers below the most connected."),
    "layout-circle": N_("Circle"),
    "layout-circle-text": N_("On a ring, with few crossings."),
    "layout-grouped": N_("Grouped"),
    "layout-grouped-text": N_("Each kind on its own."),
    "layout-all": N_("Moves all {n} items, except pinned ones. Undo brings them back."),
    "layout-some": N_("Moves the {n} selected items, except pinned ones. Undo brings them back."),
    "laid-out": N_("{how}: {n} items laid out."),
    # table
    "table-text": N_(
        "The same items as on the chart. Arrow right opens the links of one, space selects, "
        "and every command works from here."
    ),
    "chosen-column": N_("Selected"),
    "choose": N_("Select {what}"),
    "is-chosen": N_("{what}: selected"),
    "not-chosen": N_("{what}: not selected"),
    "column-caption": N_("Item"),
    "column-kind": N_("Type"),
    "column-links": N_("Links"),
    "column-owner": N_("Owner"),
    "column-grade": N_("Grade"),
    "column-since": N_("From"),
    "column-until": N_("Until"),
    "column-certainty": N_("How sure"),
    "column-category": N_("Category"),
    # time, matrix, map
    "all-dates": N_("All dates"),
    "dated": N_("{n} dated, {undated} undated"),
    "no-dates": N_("Nothing here has a date yet."),
    "no-times": N_("No link here has a time of day."),
    "timeline-text": N_("{n} dated items and links from {from} to {to}"),
    "matrix-months": N_("Who and when: items by month"),
    "matrix-association": N_("Who with whom: associations"),
    "matrix-hours": N_("Weekday by hour"),
    "matrix-text": N_("Counts of links that pass the filters."),
    "map-text": N_("Countries: {n}. Items without a country: {none}."),
    "map-lost": N_("Not on this map: {codes}."),
    "no-map": N_("The map could not be loaded. The table has the countries too."),
    "boundaries": N_(
        "Boundaries and names on this map do not imply an opinion on the status of any territory."
    ),
    # format
    "rule-by": N_("What"),
    "rule-is": N_("Is"),
    "by-value": N_("by its value"),
    "colour": N_("Colour"),
    "size": N_("Size"),
    "no-colour": N_("as it is"),
    "size-same": N_("as it is"),
    "size-larger": N_("larger"),
    "size-largest": N_("largest"),
    "colour-blue": N_("blue"),
    "colour-red": N_("red"),
    "colour-green": N_("green"),
    "colour-violet": N_("violet"),
    "colour-amber": N_("amber"),
    "colour-teal": N_("teal"),
    "colour-pink": N_("pink"),
    "colour-grey": N_("grey"),
    "add-rule": N_("Add this rule"),
    "take-away": N_("Take away"),
    "no-rules": N_("No rules yet: kinds have their own shape, icon and colour."),
    "rule-empty": N_("Choose a colour or a size."),
    "measures-first": N_("Sizes and colours by a measure come once measures are computed."),
    # measures and removal
    "question": N_("Question"),
    "question-measures": N_("Who matters?"),
    "question-brokers": N_("Who brokers between countries?"),
    "question-keyplayers": N_("Who should be taken together?"),
    "question-communities": N_("Which groups are there?"),
    "question-leads": N_("Who may be linked, without our knowing?"),
    "question-windows": N_("What changed?"),
    "column-total": N_("In all"),
    "column-bridges": N_("Between"),
    "column-fragmentation": N_("Fragmentation"),
    "column-centralization": N_("Centralization"),
    "all-tried": N_("Every set of this size was tried."),
    "best-found": N_("The best that a search found; not every set was tried."),
    "groups-draw": N_("Draw them as groups"),
    "groups-drawn": N_("Groups of the network"),
    "auc": N_("Leads, not links. Of links hidden here on purpose, this found them with an AUC of {auc}."),
    "auc-none": N_("Leads, not links. There are too few links here to say how well this guesses."),
    "nothing-found": N_("Nothing found."),
    "measure-run": N_("Compute measures"),
    "measure-by": N_("Measure"),
    "measuring": N_("Computing over what you may see…"),
    "measured": N_("Measured: {n} items."),
    "size-by": N_("Size by this"),
    "colour-by": N_("Colour by this"),
    "measures-none": N_("Who matters in this network, and how sure is that?"),
    "measures-text": N_(
        "Each measure answers one question, explains itself, and gives each rank with the band "
        "that missing links allow."
    ),
    "measures-caveat": N_(
        "A high rank is a reason to look, not a proof of command. "
        "A leader is named by an officer, with a rationale."
    ),
    "stamp": N_(
        "Computed {at} over {things} items and {links} links of {bureaus}, up to {level}. "
        "Fingerprint {print}."
    ),
    "rank": N_("rank {rank}"),
    "rank-band": N_("rank {rank}, band {low}–{high}"),
    "column-rank": N_("Rank"),
    "column-band": N_("Band"),
    "column-value": N_("Value"),
    "removal-who": N_("Who"),
    "removal-chosen": N_("those selected"),
    "removal-betweenness": N_("by betweenness"),
    "removal-degree": N_("by number of links"),
    "removal-how": N_("How"),
    "removal-sequence": N_("one after the other"),
    "removal-raid": N_("together, five at a time"),
    "removal-steps": N_("How many"),
    "removal-run": N_("Simulate"),
    "removal-start": N_("as it stands"),
    "removal-text": N_(
        "What would be left of the network without some of its people, and who would come to the centre."
    ),
    "removal-done": N_("{n} steps: {left} of the network still holds together."),
    "removal-curve": N_("What is left of the network, step by step"),
    "removal-caveat": N_(
        "Networks recover, sometimes stronger than before. This shows structure, not what people will do."
    ),
    "column-step": N_("Step"),
    "column-removed": N_("Removed"),
    "column-largest": N_("Largest part"),
    "column-efficiency": N_("Efficiency"),
    "column-next": N_("Central next"),
    # export
    "export-text": N_("Exports hold what you may see now. PNG is the picture as it stands on the screen."),
    "exported": N_("Exported: {format}"),
    "format-png": N_("picture of the screen"),
    "format-svg": N_("drawing that scales"),
    "format-pdf": N_("for print"),
    "format-csv": N_("tables of items and links"),
    "format-json": N_("the chart, whole"),
    "format-graphml": N_("for network tools"),
    "format-gexf": N_("for Gephi"),
    "format-anx": N_("for Analyst's Notebook"),
    "format-ftm": N_("FollowTheMoney entities"),
    # help
    "help": N_("Keys and help"),
    "help-text": N_("Everything works by keyboard. Letters work while the chart or the table has the focus."),
    "palette-hint": N_("Type a command"),
    "keys-walk": N_("Walk"),
    "keys-find": N_("Find"),
    "keys-edit": N_("Change"),
    "keys-choose": N_("Select"),
    "keys-view": N_("See"),
    "key-arrows": N_("to the next item that way"),
    "key-links": N_("through the links of an item"),
    "key-space": N_("select or not"),
    "key-nudge": N_("move the item"),
    "key-pan": N_("move the picture"),
}


def words() -> dict[str, str]:
    """Every text of the workspace in the language now spoken, by its key."""
    named = {f"category-{slug}": text for slug, text in labels.CATEGORIES.items()}
    sure = {f"certainty-{slug}": text for slug, text in labels.CERTAINTIES.items()}
    commands = {f"cmd-{slug}": text for slug, text in COMMANDS.items()}
    return {key: _(text) for key, text in {**WORDS, **commands, **named, **sure}.items()}
