"""Slugs of the house and what people call them. English here; translated when they are asked for."""

from collections.abc import Iterable, Mapping

from entente.web.language import N_, _
from entente.web.score_words import CONDITIONS, RULES

Table = Mapping[str, str]

PURPOSES: Table = {
    "wanted": N_("Wanted: arrest or restrict"),
    "locate": N_("Locate a person or a thing"),
    "history": N_("Criminal history"),
    "warn": N_("Warn of a danger"),
    "identify": N_("Identify a person or a body"),
    "forensic": N_("Forensic comparison"),
    "security": N_("Security check"),
    "border": N_("Border check"),
    "analysis": N_("Crime analysis"),
    "desk": N_("Desk work on own records"),
    "oversight": N_("Oversight"),
}
POLICE_PURPOSES = tuple(PURPOSES)[:9]
LEVELS: Table = {
    "official": N_("Official use"),
    "restricted": N_("Restricted"),
    "confidential": N_("Confidential"),
}
STATUSES: Table = {
    "draft": N_("Draft"),
    "live": N_("Live"),
    "suspended": N_("Suspended"),
    "deleted": N_("Deleted"),
}
ROLES: Table = {
    "officer": N_("Officer"),
    "analyst": N_("Analyst"),
    "contributor": N_("Contributor"),
    "supervisor": N_("Supervisor"),
    "administrator": N_("Administrator"),
}
VERDICTS: Table = {"same": N_("Same"), "not-same": N_("Not the same"), "cannot-tell": N_("Cannot tell")}
HITS: Table = {
    "open": N_("Open"),
    "overdue": N_("Overdue"),
    "confirmed": N_("Confirmed"),
    "denied": N_("Denied"),
    "withdrawn": N_("Taken back"),
    "silent": N_("Silent match"),
    "contact": N_("Told to contact you"),
}
MATCHES: Table = {
    "direct": N_("An exact number agrees"),
    "potential": N_("Names agree: look closely"),
    "examined": N_("Two examiners say that it is the same person"),
}
FINGERS: Mapping[int, str] = {
    1: N_("Right thumb"),
    2: N_("Right index finger"),
    3: N_("Right middle finger"),
    4: N_("Right ring finger"),
    5: N_("Right little finger"),
    6: N_("Left thumb"),
    7: N_("Left index finger"),
    8: N_("Left middle finger"),
    9: N_("Left ring finger"),
    10: N_("Left little finger"),
}
"""Positions as ISO/IEC 19794-2 and ANSI/NIST-ITL number them."""
UNKNOWN_FINGER = N_("Finger not known")
PORTRAIT = N_("Portrait")
REASONS_GIVEN: Table = {"what an enrolment met": N_("What an enrolment met")}
"""Justifications that the house gives where nobody asked."""
ASKED_BY: Table = {
    "(fingers)": N_("Fingerprints"),
    "(a face)": N_("A face"),
    "(fingers and a face)": N_("Fingerprints and a face"),
}
"""What a hit says was asked, where it was not a text."""
STEPS: Table = {
    "opened": N_("Opened"),
    "late": N_("Not answered in time"),
    "reminded": N_("Asked again"),
    "confirmed": N_("Confirmed"),
    "denied": N_("Denied"),
    "withdrawn": N_("Taken back"),
}
SCREENINGS: Table = {
    "draft": N_("Draft"),
    "waiting": N_("Waiting"),
    "running": N_("Running"),
    "stopped": N_("Stopped"),
    "done": N_("Done"),
}
BANDS: Table = {
    "": N_("All rows"),
    "strong": N_("Strong candidates"),
    "possible": N_("Possible candidates"),
    "contact": N_("Owners to contact"),
    "none": N_("Nothing found"),
    "faulty": N_("Faulty rows"),
}
COLUMNS: Table = {
    "name": N_("Whole name"),
    "first": N_("Given names"),
    "last": N_("Family name"),
    "born": N_("Date of birth"),
    "nationality": N_("Nationality"),
    "sex": N_("Sex"),
    "document": N_("Number of a document"),
}
ENCODINGS: Table = {
    "": N_("Found by itself"),
    "utf-8": N_("Unicode (UTF-8)"),
    "utf-16": N_("Unicode (UTF-16)"),
    "cp1252": N_("Windows, Latin letters"),
    "cp1251": N_("Windows, Cyrillic letters"),
    "cp1256": N_("Windows, Arabic letters"),
}
STANDING: Table = {"stands": N_("Stands"), "rests": N_("Rests"), "ended": N_("Ended")}
MODES: Table = {
    "off": N_("Off: we hear nothing, and nobody hears of us"),
    "blind": N_("Blind: the secretariat alone learns who we are"),
    "open": N_("Open: the other bureau learns who we are"),
}
"""Of deconfliction."""
ALERTS: Table = {
    "reminder": N_("Half of the time to answer a request has gone"),
    "escalation": N_("The time to answer a request has gone"),
    "no-response": N_("A request was not answered in twice its time"),
    "centre": N_("An urgent request was not answered in time: call the bureau named, by its duty line"),
    "standing": N_("A record meets a standing query"),
    "screened": N_("A list that was screened has something new"),
    "standing-contact": N_("An owner has something for a standing query: contact him"),
    "deconfliction": N_("Another bureau works on the same subject"),
    "deconfliction-blind": N_("Somebody works on the same subject; the secretariat knows who"),
    "report": N_("An analytical report was sent to your bureau"),
    "report-waits": N_("An analytical report waits to be approved"),
    "report-suspended": N_("An analytical report is suspended"),
    "report-erratum": N_("A report was printed anew with an erratum"),
    "report-withdrawn": N_("An analytical report was withdrawn"),
    "report-feedback": N_("A reader has said what became of a report"),
    "notice": N_("A notice was published"),
    "notice-changed": N_("A notice was changed"),
    "notice-waits": N_("A notice waits to be checked or reviewed"),
    "screening": N_("A record of ours meets a notice"),
    "screening-owner": N_("A record meets a notice of ours"),
    "key-changed": N_("A bureau changed its key"),
    "key-waits": N_("An officer waits for the bureau's key"),
    "key-rotate": N_("Somebody who held the bureau's key has left: change it"),
    "expert-ends": N_("An entry in the directory of experts ends soon"),
    "paper-alert": N_("An alert of a false document was published"),
    "paper-waits": N_("A document or an alert waits for its review"),
    "paper-check": N_("A check of a document waits for the next line"),
    "hit-answered": N_("An owner answered a hit"),
    "hit-late": N_("A hit was not answered in time"),
    "biometric": N_("Two sets, or a set and a mark, may be of one person: compare them"),
    "biometric-second": N_("A comparison of fingers or faces waits for a second examiner"),
    "biometric-disputed": N_("Two examiners of ours disagree on fingers or faces"),
    "connection": N_("There is a connection with an analysis file of another bureau: ask it"),
    "file-review": N_("The review of an analysis file is overdue"),
    "series": N_("Another bureau has, or asks for, images that we have or ask for"),
    "series-late": N_("A meeting over images was not taken note of in time"),
    "series-answer": N_("A bureau has answered whether our image series is merged into its own"),
    "series-merge": N_("A bureau asks to merge its image series into one of ours"),
    "series-waits": N_("An image series waits for a second person"),
    "payment": N_("A bureau asks to stop a victim's payment: act now"),
    "payment-late": N_("Nobody has acknowledged a request to stop a payment"),
    "payment-waits": N_("A request to stop a payment waits for a second officer"),
    "payment-repeat": N_("An account or person of an earlier request came again"),
    "hold-ends": N_("A hold on a victim's money ends soon"),
    "hold-expired": N_("A hold on a victim's money has ended: say what became of it"),
    "trend": N_("Something changed in the seizures that your bureau sees"),
    "seizure-same": N_("A seizure of ours may be one that another bureau told of too"),
    "target-waits": N_("A list of targets waits for a second officer"),
    "referral-waits": N_("Companies of two industries told of the same: review it"),
    "referral": N_("Another sector is affected by what your company reported"),
    "case-review": N_("A case study waits for your bureau's review"),
    "case-changed": N_("The proof of a case has changed"),
    "score-waits": N_("A threat assessment waits for a score"),
}
"""What a bureau is told (`rooms.bureaus.alerts.WHAT`), as its officers read it."""
HOW: Table = {
    "password": N_("Password"),
    "passkey": N_("Passkey"),
    "link": N_("One-time link"),
    "session": N_("An open session"),
}
"""How an officer proved who he is."""
SEXES: Table = {"female": N_("Female"), "male": N_("Male"), "other": N_("Other")}
ACTS: Table = {
    "search": N_("Searched"),
    "see": N_("Opened"),
    "verdict": N_("Gave a verdict"),
    "confirm": N_("Answered a hit"),
    "contribute": N_("Contributed"),
    "correct": N_("Corrected"),
    "handle": N_("Changed the handling"),
    "withdraw": N_("Withdrew"),
    "keep": N_("Kept longer"),
    "expire": N_("Expired"),
    "export": N_("Exported"),
    "load": N_("Loaded"),
    "message": N_("Sent a message"),
    "remind": N_("Clocks ran"),
    "convene": N_("Changed a working group"),
    "analyse": N_("Worked on an analysis file"),
    "gather": N_("Contributed to an analysis file"),
    "stand": N_("Changed a standing query"),
    "examine": N_("Checked a document"),
    "intercept": N_("Worked on a request to stop a payment"),
    "trace": N_("Followed money"),
    "trend": N_("Looked at figures of seizures"),
    "target": N_("Worked on an operation or its targets"),
    "refer": N_("Worked on reports of companies"),
    "case": N_("Worked on a case study"),
    "assess": N_("Worked on a threat assessment"),
    "screen": N_("Screened a list"),
    "ring": N_("Standing queries asked"),
    "deconflict": N_("Brought inquiries together"),
    "approve": N_("Approved as second person"),
    "publish": N_("Published or changed a notice"),
    "notify": N_("Told a bureau's system"),
    "review": N_("Reviewed"),
    "administer": N_("Administered"),
    "sign-in": N_("Signed in"),
    "sign-out": N_("Signed out"),
    "refuse": N_("Was refused"),
    "erase": N_("Erased"),
}
SEEN: Table = {
    "me": N_("My account"),
    "directory": N_("Bureaus"),
    "officers": N_("Officers"),
    "keys": N_("Keys"),
    "inbox": N_("Inbox"),
    "outbox": N_("Inbox: sent"),
    "own records": N_("Records of the bureau"),
    "a form": N_("A form"),
    "journal": N_("Journal"),
    "alert": N_("Alert"),
    "standing queries": N_("Standing queries"),
    "standing query": N_("Standing query"),
    "standing query made": N_("Standing query: made"),
    "standing query renewed": N_("Standing query: renewed"),
    "standing query ended": N_("Standing query: ended"),
    "screenings": N_("Screenings"),
    "screening": N_("Screening"),
    "deconfliction": N_("Deconfliction"),
    "hit statistics": N_("Statistics of hits"),
    "hit withdrawn": N_("Hit: taken back"),
    "acts on a record": N_("Acts on a record"),
    "password set": N_("Password"),
    "passkey registered": N_("Passkey: made"),
    "passkey removed": N_("Passkey: removed"),
    "passkey asked for": N_("Passkey: asked for"),
    "sign-in link made": N_("One-time link: made"),
    "officer enrolled": N_("Officer: enrolled"),
    "officer changed": N_("Officer: changed"),
    "bureau registered": N_("Bureau: joined"),
    "bureau changed": N_("Bureau: duty desk changed"),
    "bureau suspended": N_("Bureau: suspended"),
    "bureau restored": N_("Bureau: restored"),
    "groups": N_("Working groups"),
    "files": N_("Analysis files"),
    "invitations": N_("Invitations"),
    "experts": N_("Experts"),
    "webhooks": N_("Webhooks"),
    "webhook made": N_("Webhook: made"),
    "webhook removed": N_("Webhook: removed"),
    "webhook tested": N_("Webhook: tested"),
    "dead letter sent again": N_("Dead letter: sent again"),
    "dead letter dropped": N_("Dead letter: dropped"),
    "key issued": N_("Key: made"),
    "key revoked": N_("Key: revoked"),
}
"""What an act was on, where it was on no record (the journal's `what`)."""
BECAUSE: Table = {
    "the asker's bureau owns it": N_("Your bureau owns it."),
    "the owner lets this bureau see it": N_("The owner lets your bureau see it."),
    "oversight by a reviewer": N_("You review it for oversight."),
}
"""What `core.access.explain` says of those who see a record, said to them."""
OUTCOMES: Table = {
    "published": N_("Published by the neutral review"),
    "renewed": N_("Renewed by the neutral review"),
    "not-approved": N_("Sent back by the second officer"),
    "returned": N_("Sent back by the neutral review"),
    "refused": N_("Refused by the neutral review"),
    "suspended": N_("Suspended"),
    "resumed": N_("Resumed by the neutral review"),
    "expired": N_("Expired"),
}
"""What became of a notice, as its owner is told."""
HINTS: Table = {
    "date": N_("1971 · 1971-03 · 1971-03-05 · ~1971 (about) · 1970/1975 (between)"),
    "country": N_("Country code of two letters, such as fr"),
    "phone": N_("With the country: +33 1 23 45 67 89"),
    "url": N_("It begins with https://"),
    "topic": N_("For example: crime.fraud"),
    "language": N_("Language code, such as fra"),
    "entity": N_("The number of the other record, or your reference for it"),
    "flag": N_("true or false"),
}
"""What to write in a field, by property type."""
SAID: Table = {
    "name": N_("Name"),
    "moniker": N_("Moniker"),
    "document": N_("Document number"),
    "id": N_("Personal or office number"),
    "iban": N_("IBAN"),
    "account": N_("Account number"),
    "plate": N_("Number plate"),
    "vin": N_("Vehicle number (VIN)"),
    "phone": N_("Telephone"),
    "email": N_("E-mail"),
    "wallet": N_("Wallet address"),
    "bic": N_("Bank code (BIC)"),
    "lei": N_("Legal entity number (LEI)"),
    "imo": N_("Ship number (IMO)"),
    "mmsi": N_("Ship radio number (MMSI)"),
    "imei": N_("Device number (IMEI)"),
    "icao24": N_("Aircraft address (ICAO)"),
    "serial": N_("Serial number"),
    "number": N_("Or as one number"),
    "mrz": N_("Machine readable zone"),
    "born": N_("Born"),
    "calendar": N_("Calendar"),
    "nationality": N_("Nationality"),
    "sex": N_("Sex"),
}
"""What the one box understood (`match.question`)."""
CALENDARS: Table = {
    "persian": N_("Persian (Solar Hijri)"),
    "islamic": N_("Islamic (Hijri)"),
    "buddhist": N_("Buddhist (Thai)"),
    "ethiopian": N_("Ethiopian"),
    "julian": N_("Julian"),
}
REMARKS: Table = {
    "check-digit-wrong": N_("The check digit does not fit (%(value)s): perhaps a sign was misread."),
    "ambiguous-date": N_("%(value)s may be two days: both are sought."),
    "no-date": N_("%(value)s is no date."),
    "date-alone": N_("A date alone finds nothing: add a name or a number."),
    "not-understood": N_("Not understood: %(value)s"),
}
CHECKED: Table = {
    "iban": N_("IBAN"),
    "vin": N_("Vehicle number (VIN)"),
    "number": N_("Document number"),
    "birth": N_("Date of birth"),
    "expiry": N_("Date of expiry"),
    "personal": N_("Personal number"),
    "whole": N_("the whole zone"),
}
"""Fields that carry a check digit, as remarks name them."""
_SORTS: Table = {"weak-alias-": N_("Nickname"), "moniker-": N_("Moniker")}


def label(table: Table, slug: str) -> str:
    """What people call it; a slug no table knows (a room's own act) is shown as it is."""
    return _(table.get(slug, slug))


def asked(text: str) -> str:
    """What a hit says was asked: the text as it was written, or what was asked instead of one."""
    return _(ASKED_BY[text]) if text in ASKED_BY else text


def sample(code: str) -> str:
    """What one sample is of: `face`, or `finger-` and its position, 0 where nobody knows."""
    if code == "face":
        return _(PORTRAIT)
    number = code.removeprefix("finger-")
    return _(FINGERS.get(int(number), UNKNOWN_FINGER) if number.isdecimal() else UNKNOWN_FINGER)


def rule(slug: str) -> str:
    """A rule of a score as a sentence; what holds for a nickname or moniker says so first."""
    for prefix, sort in _SORTS.items():
        if slug.startswith(prefix):
            rest = slug.removeprefix(prefix)
            return f"{_(sort)}: {label(RULES, rest if rest in RULES else f'name-{rest}')}"
    return label(RULES, slug)


def condition(slug: str, found: str) -> str:
    """What would change a score, as a condition; `found` keeps a direction of its own."""
    text = CONDITIONS.get(slug) or CONDITIONS[slug.partition("-")[0]]
    return _(text, found=f"\u2068{found}\u2069")


def choices(table: Table, slugs: Iterable[str] | None = None) -> list[tuple[str, str]]:
    """(slug, label) for a select; all of the table, or those named in that order."""
    return [(slug, label(table, slug)) for slug in (table if slugs is None else slugs)]
