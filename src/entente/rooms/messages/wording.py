"""Slugs of the messages room and what people call them; English here, translated when they are asked for."""

from entente.web.language import N_
from entente.web.words import Table

URGENCIES: Table = {
    "flash": N_("FLASH"),
    "immediate": N_("IMMEDIATE"),
    "urgent": N_("Urgent"),
    "priority": N_("Priority"),
    "routine": N_("Routine"),
}
WITHIN: Table = {
    "flash": N_("10 minutes"),
    "immediate": N_("1 hour"),
    "urgent": N_("8 hours"),
    "priority": N_("48 hours"),
    "routine": N_("7 days"),
}
"""In what time an answer must come (clock.WITHIN, in words)."""
MEANINGS: Table = {
    "flash": N_("A life is in danger now, or somebody gets away in minutes."),
    "immediate": N_("Somebody is being held, or checked at a border, and waits for it."),
    "urgent": N_("It is needed in this shift: a court, a release, a flight."),
    "priority": N_("An open inquiry stands still without it."),
    "routine": N_("Everything else."),
}
"""When an urgency is right."""
TYPES: Table = {
    "request": N_("Request"),
    "information": N_("Information"),
    "answer": N_("Answer"),
    "cancellation": N_("Cancellation"),
}
STATES: Table = {
    "no-response": N_("No response"),
    "late": N_("Late"),
    "open": N_("Open"),
    "committed": N_("Time committed"),
    "answered": N_("Answered"),
    "cancelled": N_("Cancelled"),
    "information": N_("For information"),
}
TONES = {"no-response": "bad", "late": "bad", "open": "info", "committed": "warn", "answered": "good"}
"""How a state's badge is coloured; the word says the same."""
QUESTIONS: Table = {
    "open": N_("Open"),
    "content": N_("Answered"),
    "refusal": N_("Refused"),
    "time": N_("Time committed"),
    "cancelled": N_("Cancelled"),
}
QUESTION_TONES = {"open": "info", "content": "good", "refusal": "bad", "time": "warn"}
RECEIPTS: Table = {
    "stored": N_("Stored"),
    "delivered": N_("Delivered"),
    "opened": N_("Opened"),
    "answered": N_("Answered"),
}
WRITTEN_IN: Table = {
    "en": N_("Written in English"),
    "fr": N_("Written in French"),
    "es": N_("Written in Spanish"),
    "ar": N_("Written in Arabic"),
}
DETAILS = (
    N_("A request asks something"),
    N_("Write at least one question."),
    N_("An information asks nothing"),
    N_("Send a request instead."),
    N_("There is no subject"),
    N_("Say in a line what it is about."),
    N_("A refusal needs its reason"),
    N_("There is no content"),
    N_("Write it."),
    N_("Nothing of it is open"),
    N_("There is nothing to cancel."),
    N_("Nothing is answered"),
    N_("Answer at least one question."),
    N_("Name 1 to 30 bureaus, each once"),
    N_("This is your own bureau"),
    N_("Name another."),
    N_("Its first officer makes it by signing in."),
    N_("It is above your own clearance"),
    N_("Send it under its true ending, without macros."),
    N_("This attachment was not uploaded, or a week has gone since"),
    N_("Upload it again."),
    N_("Commit to a time between."),
    N_("Answer it, or refuse it with a reason."),
    N_("Send a new message in the thread."),
    N_("You sent another message with this reference"),
    N_("Choose a new reference."),
)
"""Faults of the room that officers meet most, translated where they are shown."""
