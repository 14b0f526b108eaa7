"""Closed lists of threat assessments and what people call them."""

from collections.abc import Mapping

from entente.web.language import N_

FORMULAS: Mapping[str, str] = {
    "mean": N_("Weighted mean"),
    "index": N_("Organized Crime Index: mean of markets and actors, resilience apart"),
    "threat": N_("Threat: likelihood times harm"),
}
GROUPS: Mapping[str, str] = {
    "": N_("Indicators"),
    "market": N_("Markets"),
    "actor": N_("Actors"),
    "resilience": N_("Resilience"),
    "likelihood": N_("Likelihood"),
    "harm": N_("Harm"),
}
TOTALS: Mapping[str, str] = {"mean": N_("Score"), "index": N_("Criminality"), "threat": N_("Threat")}
STATES: Mapping[str, str] = {
    "draft": N_("Draft"),
    "scoring": N_("Being scored"),
    "locked": N_("Locked"),
    "withdrawn": N_("Withdrawn"),
}
TONES: Mapping[str, str] = {"draft": "", "scoring": "info", "locked": "good", "withdrawn": "bad"}
PLACE_STATES: Mapping[str, str] = {
    "blind": N_("Being scored, blind"),
    "third": N_("Waits for a third scorer"),
    "scored": N_("Waits for its review"),
    "reviewed": N_("Reviewed"),
}
PLACE_TONES: Mapping[str, str] = {"blind": "info", "third": "warn", "scored": "info", "reviewed": "good"}
SEATS: Mapping[str, str] = {
    "first": N_("First scorer"),
    "second": N_("Second scorer"),
    "third": N_("Third scorer"),
}
WAITS: Mapping[str, str] = {
    "first": N_("Score it, as the first scorer"),
    "second": N_("Score it, as the second scorer"),
    "third": N_("Score what the first two disagree on"),
    "review": N_("Review it"),
    "name a third": N_("Name a bureau for the third scorer"),
}
CONFIDENCES: Mapping[str, str] = {"low": N_("Low"), "moderate": N_("Moderate"), "high": N_("High")}
TRENDS: Mapping[str, str] = {
    "unknown": N_("Not known"),
    "falling": N_("Falling"),
    "stable": N_("Stable"),
    "rising": N_("Rising"),
}
CHANGES: Mapping[str, str] = {
    "up": N_("up"),
    "down": N_("down"),
    "same": N_("no change that counts"),
    "unknown": N_("not comparable"),
}
CHANGE_TONES: Mapping[str, str] = {"up": "bad", "down": "good", "same": "", "unknown": ""}
LIKELIHOODS: Mapping[str, str] = {
    "remote": N_("Remote chance (0 to 5 %)"),
    "highly-unlikely": N_("Highly unlikely (10 to 20 %)"),
    "unlikely": N_("Unlikely (25 to 35 %)"),
    "realistic": N_("Realistic possibility (40 to 50 %)"),
    "likely": N_("Likely (55 to 75 %)"),
    "highly-likely": N_("Highly likely (80 to 90 %)"),
    "almost-certain": N_("Almost certain (95 % or more)"),
}
SHAKY: Mapping[str, str] = {
    "apart": N_("the scorers differ"),
    "unsure": N_("a scorer is not sure"),
    "bare": N_("no record is cited"),
}
DID: Mapping[str, str] = {
    "begun": N_("Begun"),
    "edited": N_("Edited"),
    "opened": N_("Opened for scoring"),
    "seated": N_("A seat was taken"),
    "handed in": N_("Scores handed in"),
    "third named": N_("A third scorer was named"),
    "reviewed": N_("Reviewed"),
    "locked": N_("Locked"),
    "withdrawn": N_("Withdrawn"),
}
