"""Closed lists of the reports room and what people call them."""

from collections.abc import Mapping

from entente.web.language import N_

CHAPTERS: Mapping[str, str] = {
    "consumer-goods": N_("Consumer and luxury goods"),
    "tobacco": N_("Tobacco"),
    "food-drink": N_("Fake food and drink"),
    "medicine": N_("Medicine"),
    "mass-production": N_("Mass production: car parts, electronics, chemicals, e-waste"),
    "digital": N_("Digital"),
    "firearms": N_("Firearms"),
    "human-trafficking": N_("Human trafficking and body parts"),
    "fraud-laundering": N_("Fraud and money laundering"),
    "drugs": N_("Drugs"),
    "terrorism": N_("Terrorism"),
    "environment": N_("Environmental crime"),
    "cybercrime": N_("Cybercrime"),
}
LINKS: Mapping[str, str] = {
    "manufactures": N_("manufactures"),
    "distributes": N_("distributes"),
    "finances": N_("finances"),
    "launders_for": N_("launders money for"),
    "supplies_precursor": N_("supplies precursors to"),
    "shares_route_with": N_("shares a route with"),
    "shares_facility_with": N_("shares a facility with"),
    "shares_member_with": N_("shares a member with"),
    "invests_profit_in": N_("invests its profit in"),
    "corrupts": N_("corrupts"),
    "uses_violence": N_("uses violence for"),
    "forced_labour_in": N_("uses forced labour in"),
    "trades_for": N_("trades for"),
    "terrorism_finance": N_("finances terrorism"),
    "cyber_enables": N_("enables by computer"),
    "documents_by": N_("has its papers from"),
    "protects": N_("protects"),
    "controls_market": N_("controls the market of"),
}
CRIMES: Mapping[str, str] = {
    "drugs": N_("Drugs"),
    "firearms": N_("Firearms"),
    "human_trafficking": N_("Trafficking in human beings"),
    "migrant_smuggling": N_("Migrant smuggling"),
    "organs": N_("Trafficking in organs"),
    "fraud": N_("Fraud"),
    "money_laundering": N_("Money laundering"),
    "corruption": N_("Corruption"),
    "cyber": N_("Cybercrime"),
    "terrorism": N_("Terrorism"),
    "environmental": N_("Environmental crime"),
    "extortion": N_("Extortion"),
    "property": N_("Property crime"),
    "tax_excise": N_("Tax and excise fraud"),
    "document": N_("Document fraud"),
}
PARTY_SORTS: Mapping[str, str] = {
    "person": N_("Person"),
    "group": N_("Group"),
    "company": N_("Company"),
    "facility": N_("Facility"),
    "route": N_("Route"),
}
ROLES: Mapping[str, str] = {
    "organiser": N_("Organiser"),
    "financier": N_("Financier"),
    "producer": N_("Producer"),
    "importer": N_("Importer"),
    "broker": N_("Broker"),
    "transporter": N_("Transporter"),
    "distributor": N_("Distributor"),
    "retailer": N_("Retailer"),
    "lawyer": N_("Lawyer"),
    "accountant": N_("Accountant"),
    "corrupt_official": N_("Corrupt official"),
    "document_forger": N_("Document forger"),
    "it": N_("Computer expert"),
    "facility": N_("Facility"),
    "route": N_("Route"),
}
EVIDENCE: Mapping[str, str] = {
    "judgment": N_("Judgment"),
    "intercept_in_judgment": N_("Intercept in a judgment"),
    "decision": N_("Administrative or civil decision"),
    "indictment": N_("Indictment"),
    "seizure_record": N_("Seizure record"),
    "lab_report": N_("Laboratory report"),
    "statement": N_("Statement"),
    "financial_record": N_("Financial record"),
    "company_register": N_("Company register"),
    "press": N_("Press"),
    "academic": N_("Academic work"),
}
STAGES: Mapping[str, str] = {
    "investigation": N_("Investigation"),
    "charge": N_("Charge"),
    "trial": N_("Trial"),
    "first_instance": N_("Judgment of first instance"),
    "appeal": N_("Appeal"),
    "cassation": N_("Cassation"),
    "constitutional": N_("Constitutional complaint"),
    "retrial": N_("Retrial"),
    "administrative": N_("Administrative proceeding"),
    "civil": N_("Civil proceeding"),
}
VERDICTS: Mapping[str, str] = {
    "guilty": N_("Guilty"),
    "plea": N_("Guilty plea: agreed facts"),
    "in_absentia": N_("Guilty in absentia"),
    "upheld": N_("Upheld"),
    "acquitted": N_("Acquitted"),
    "dismissed": N_("Charge dismissed"),
    "settled": N_("Settled"),
    "liable": N_("Liable"),
}
STANDARDS: Mapping[str, str] = {
    "beyond_reasonable_doubt": N_("Beyond reasonable doubt"),
    "intimate_conviction": N_("Intimate conviction"),
    "clear_and_convincing": N_("Clear and convincing evidence"),
    "balance_of_probabilities": N_("Balance of probabilities"),
    "reasonable_grounds": N_("Reasonable grounds"),
}
DETECTIONS: Mapping[str, str] = {
    "routine": N_("Routine check"),
    "risk_profile": N_("Risk profile"),
    "intelligence": N_("Intelligence"),
    "dog": N_("Detector dog"),
    "scanner": N_("Scanner"),
    "tip": N_("Tip"),
    "random": N_("Random check"),
    "online_monitoring": N_("Watch over the net"),
    "complaint": N_("Complaint of a victim or right holder"),
    "financial": N_("Financial intelligence"),
    "undercover": N_("Undercover work"),
    "chance": N_("By chance"),
    "other": N_("Other"),
}
LEVELS: Mapping[str, str] = {
    "P0": N_("Alleged"),
    "P1": N_("Charged"),
    "P2": N_("Convicted, not final"),
    "P3": N_("Final"),
    "PX": N_("Overturned or acquitted"),
    "PA": N_("Administrative or civil finding"),
    "PR": N_("Agreed facts, final"),
}
LEVEL_TONES: Mapping[str, str] = {
    "P0": "",
    "P1": "info",
    "P2": "warn",
    "P3": "good",
    "PX": "bad",
    "PA": "info",
    "PR": "good",
}
FLAGS: Mapping[str, str] = {
    "in-absentia": N_("in absentia"),
    "military": N_("military court"),
    "no-text": N_("scan without text"),
    "cleared-elsewhere": N_("acquitted in another proceeding"),
    "mixed": N_("says two things"),
    "never-tried": N_("not tried"),
}
ACCESS: Mapping[str, str] = {
    "internal": N_("Internal"),
    "law_enforcement": N_("Law enforcement"),
    "public": N_("Public"),
}
NAMED: Mapping[str, str] = {
    "named": N_("By name"),
    "initials": N_("By initials"),
    "none": N_("Not at all"),
}
STATES: Mapping[str, str] = {
    "proposed": N_("Proposed"),
    "drafting": N_("Being drafted"),
    "evidence_complete": N_("Evidence complete"),
    "in_review": N_("In review abroad"),
    "changes": N_("Changes asked"),
    "accepted": N_("Accepted"),
    "legal_clearance": N_("Cleared for publication"),
    "published": N_("Published"),
    "withdrawn": N_("Withdrawn"),
}
TONES: Mapping[str, str] = {
    "in_review": "info",
    "changes": "warn",
    "accepted": "good",
    "legal_clearance": "good",
    "published": "good",
    "withdrawn": "bad",
}
STEPS: Mapping[str, str] = {
    "take_up": N_("Take it up"),
    "complete": N_("The evidence is complete"),
    "send": N_("Send to a bureau abroad for review"),
    "recall": N_("Take it back from the reviewer"),
    "clear": N_("Clear for publication"),
    "back": N_("Back to drafting"),
    "withdraw": N_("Withdraw the case"),
    "reopen": N_("Open again"),
}
PLAIN = ("take_up", "complete", "clear", "reopen")
"""Steps of one click."""
DECISIONS: Mapping[str, str] = {
    "accept": N_("Accept"),
    "accept_with_change": N_("Accept with a change"),
    "reject": N_("Reject"),
}
DECISION_TONES: Mapping[str, str] = {"accept": "good", "accept_with_change": "warn", "reject": "bad"}
ANSWERS: Mapping[str, str] = {"met": N_("Met"), "not_met": N_("Not met"), "unknown": N_("Unknown")}
ANSWER_TONES: Mapping[str, str] = {"met": "good", "not_met": "bad", "unknown": ""}
PROTECTED: Mapping[str, str] = {
    "victim": N_("Victim"),
    "minor": N_("Minor"),
    "witness": N_("Protected witness"),
}
POLARITIES: Mapping[str, str] = {"supports": N_("Asserts the link"), "contradicts": N_("Denies the link")}
DID: Mapping[str, str] = {
    "proposed": N_("Proposed"),
    "edited": N_("Edited"),
    "taken-up": N_("Taken up"),
    "completed": N_("Evidence complete"),
    "back": N_("Back to drafting"),
    "sent": N_("Sent to review"),
    "recalled": N_("Taken back from the reviewer"),
    "accepted": N_("Accepted by the reviewer"),
    "sent-back": N_("Changes asked by the reviewer"),
    "objected": N_("Objected"),
    "answered": N_("Objection answered"),
    "objection-withdrawn": N_("Objection withdrawn"),
    "cleared": N_("Cleared for publication"),
    "published": N_("Published"),
    "unpublished": N_("Taken out of the casebook"),
    "withdrawn": N_("Withdrawn"),
    "reopened": N_("Opened again"),
    "fell": N_("A proof has fallen"),
    "earlier": N_("Earlier entries, kept in older versions of the case"),
}
OBJECTIONS: Mapping[str, str] = {
    "open": N_("Open"),
    "answered": N_("Answered, and open still"),
    "withdrawn": N_("Withdrawn by the bureau that objected"),
    "accepted": N_("A review has accepted the answer"),
}
OBJECTION_TONES: Mapping[str, str] = {"open": "bad", "answered": "warn", "withdrawn": "", "accepted": "good"}
PARTS: Mapping[str, str] = {
    "case": N_("the file"),
    "parties": N_("parties"),
    "claims": N_("claims"),
    "evidence": N_("evidence"),
    "proceedings": N_("proceedings"),
    "checklist": N_("checklist"),
    "final": N_("finality confirmed"),
}
WHICH: Mapping[str, str] = {
    "all": N_("All that we see"),
    "mine": N_("Ours"),
    "review": N_("To review"),
    "admitted": N_("Admitted"),
}
SCHEMES: Mapping[str, str] = {"3x5x2": "3x5x2", "5x5x5": "5x5x5", "4x4": "4x4", "6x6": "6x6"}
