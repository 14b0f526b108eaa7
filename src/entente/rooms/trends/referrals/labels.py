"""Slugs of the desk of referrals and what people call them."""

from collections.abc import Mapping

from entente.web.language import N_

Table = Mapping[str, str]

SECTORS: Table = {
    "banking": N_("Banks"),
    "payments": N_("Payment services and crypto-assets"),
    "telecoms": N_("Telephone and internet access"),
    "hosting": N_("Hosting and domains"),
    "marketplaces": N_("Marketplaces"),
    "social-media": N_("Social media"),
    "post": N_("Post and couriers"),
    "shipping": N_("Shipping, ports and forwarding"),
    "air-freight": N_("Air freight"),
    "road-and-rail": N_("Road and rail freight"),
    "pharmaceuticals": N_("Medicines and medical devices"),
    "agrochemicals": N_("Pesticides and fertilisers"),
    "tobacco": N_("Tobacco"),
    "food-and-drink": N_("Food and drink"),
    "fuel": N_("Fuel and energy"),
    "luxury": N_("Clothing and luxury goods"),
    "electronics": N_("Electronics"),
    "vehicles": N_("Vehicles and parts"),
    "timber-and-fish": N_("Timber, fish and other natural goods"),
    "insurance": N_("Insurance"),
    "other": N_("Another industry"),
}
"""Industries. A report is compared with those of another industry alone."""
POLICE = "police"
"""The sector of a seizure that a bureau offered."""
SORTS: Table = {
    "phone": N_("Telephone"),
    "email": N_("E-mail"),
    "account": N_("Account or IBAN"),
    "address": N_("Address"),
    "domain": N_("Internet domain"),
    "container": N_("Container"),
    "seal": N_("Seal"),
    "batch": N_("Batch"),
    "plate": N_("Plate"),
}
"""Sorts of identifiers."""
STATES: Table = {
    "matched": N_("New"),
    "desk-review": N_("Under review"),
    "release-waits": N_("Waits for a second person of the desk"),
    "notified": N_("Both sides were told"),
    "consent-asked": N_("Both sides were asked to be introduced"),
    "introduced": N_("Introduced to each other"),
    "declined": N_("Closed without introduction"),
}
TONES: Table = {
    "matched": "bad",
    "desk-review": "warn",
    "release-waits": "warn",
    "notified": "info",
    "consent-asked": "info",
    "introduced": "good",
    "declined": "",
}
STEPS: Table = {
    "take": N_("Take it for review"),
    "propose": N_("Propose to tell both sides"),
    "return": N_("Return it to review"),
    "release": N_("Tell both sides"),
    "ask": N_("Ask both whether they want to be introduced"),
    "decline": N_("Close it"),
}
DID: Table = {
    "match": N_("The house found what they share"),
    "take": N_("Taken for review"),
    "propose": N_("To tell both sides was proposed"),
    "return": N_("Returned to review"),
    "release": N_("Both sides were told"),
    "ask": N_("Both sides were asked"),
    "decline": N_("Closed"),
    "yes": N_("A side agreed"),
    "no": N_("A side did not agree"),
    "introduce": N_("Both agreed and were introduced"),
}
ANSWERS: Table = {"yes": N_("Yes, introduce us"), "no": N_("No")}
