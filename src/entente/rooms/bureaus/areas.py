"""Crime areas: the closed table by which working groups and experts are found. Slugs are what is kept."""

from collections.abc import Mapping

from entente.web.language import N_

AREAS: Mapping[str, str] = {
    "terrorism": N_("Terrorism"),
    "organised-crime": N_("Organised crime"),
    "drugs": N_("Drugs"),
    "trafficking": N_("Trafficking in human beings"),
    "smuggling": N_("Smuggling of migrants"),
    "child-exploitation": N_("Child sexual exploitation"),
    "firearms": N_("Firearms"),
    "violent-crime": N_("Violent crime"),
    "fugitives": N_("Fugitives"),
    "missing-persons": N_("Missing persons and identification"),
    "cybercrime": N_("Cybercrime"),
    "financial-crime": N_("Financial crime"),
    "money-laundering": N_("Money laundering and assets"),
    "corruption": N_("Corruption"),
    "counterfeit-currency": N_("Counterfeit currency"),
    "counterfeit-goods": N_("Counterfeit goods"),
    "documents": N_("Identity and travel documents"),
    "vehicle-crime": N_("Vehicle crime"),
    "maritime": N_("Maritime crime"),
    "environment": N_("Environmental crime"),
    "wildlife": N_("Wildlife"),
    "cultural-property": N_("Cultural property"),
    "war-crimes": N_("Genocide and war crimes"),
    "forensics": N_("Forensics and biometrics"),
}
"""Slug to what people call it, in the order that pages list them."""
