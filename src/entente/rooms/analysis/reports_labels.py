"""What pages call the slugs of reports."""

from collections.abc import Mapping

from entente.web.language import N_

Table = Mapping[str, str]
BLOCKS: Table = {
    "text": N_("Text"),
    "judgement": N_("Key judgement"),
    "profile": N_("Subject profile"),
    "figure": N_("Chart"),
    "timeline": N_("Timeline"),
    "places": N_("By country"),
    "records": N_("Table of records"),
    "table": N_("Table"),
    "metrics": N_("Measures"),
    "citations": N_("List of sources"),
}
DID: Table = {
    "begun": N_("Begun"),
    "submitted": N_("Submitted"),
    "approved": N_("Approved"),
    "returned": N_("Sent back"),
    "published": N_("Published"),
    "reprinted": N_("Printed anew with an erratum"),
    "superseded": N_("Superseded by a new edition"),
    "withdrawn": N_("Withdrawn"),
    "suspended": N_("Suspended"),
    "copies-suspended": N_("Some copies suspended"),
}
WHAT: Table = {
    "source": N_("May not read this source"),
    "level": N_("Not cleared for its level"),
    "recipient": N_("Cannot receive it now"),
}
