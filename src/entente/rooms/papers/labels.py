"""Slugs of documents and what people call them."""

from collections.abc import Mapping

from entente.rooms.papers.alerts import SORTS as SORTS
from entente.rooms.papers.states import STATES as STATES
from entente.rooms.papers.states import TONES as TONES
from entente.web.language import N_

CATEGORIES: Mapping[str, str] = {
    "A": N_("Passport"),
    "B": N_("Identity card"),
    "C": N_("Visa"),
    "D": N_("Stamp"),
    "E": N_("Certificate of entry"),
    "F": N_("Driving licence"),
    "H": N_("Residence permit"),
    "I": N_("Seafarer's document"),
    "J": N_("Travel document"),
    "N": N_("Civil status document"),
    "P": N_("Professional card"),
    "R": N_("Vehicle registration document"),
    "S": N_("Special authorisation card"),
    "T": N_("Other travel document"),
    "W": N_("Voter's card"),
    "X": N_("Other document"),
}
TYPES: Mapping[str, str] = {
    "O": N_("Ordinary"),
    "D": N_("Diplomatic"),
    "S": N_("Service"),
    "F": N_("Military"),
    "P": N_("Emergency or provisional"),
    "Y": N_("Related document"),
    "A": N_("For aliens"),
    "R": N_("For refugees"),
    "M": N_("For minors"),
    "X": N_("Other type"),
}
COLOURS: Mapping[str, str] = {
    "black": N_("Black"),
    "blue": N_("Blue"),
    "brown": N_("Brown"),
    "green": N_("Green"),
    "grey": N_("Grey"),
    "orange": N_("Orange"),
    "pink": N_("Pink"),
    "purple": N_("Purple"),
    "red": N_("Red"),
    "turquoise": N_("Turquoise"),
    "white": N_("White"),
    "yellow": N_("Yellow"),
}
LIGHTS: Mapping[str, str] = {
    "VIS": N_("Normal light"),
    "UV365": N_("UV, 365 nm"),
    "UV254": N_("UV, 254 nm"),
    "IR": N_("Infrared"),
    "TRANSMITTED": N_("Transmitted light"),
    "OBLIQUE": N_("Oblique light"),
    "COAX": N_("Coaxial light"),
}
TOOLS: Mapping[str, str] = {
    "none": N_("No tool"),
    "magnifier": N_("Magnifier"),
    "UV": N_("UV lamp"),
    "IR": N_("Infrared camera"),
    "reader": N_("Document reader"),
    "microscope": N_("Microscope"),
}
WAYS: Mapping[str, str] = {"FEEL": N_("Feel"), "LOOK": N_("Look"), "TILT": N_("Tilt")}
PAGES: Mapping[str, str] = {
    "cover": N_("Cover"),
    "inside-front": N_("Inside front cover"),
    "data": N_("Data page"),
    "observations": N_("Observations page"),
    "inner": N_("Inner page"),
    "visa": N_("Visa page"),
    "inside-back": N_("Inside back cover"),
    "back": N_("Back"),
    "front": N_("Front"),
    "other": N_("Other page"),
}
STEPS: Mapping[str, str] = {
    "begun": N_("Begun"),
    "edited": N_("Edited: it is a draft again"),
    "picture": N_("Picture added: it is a draft again"),
    "submitted": N_("Sent to review"),
    "returned": N_("Sent back"),
    "published": N_("Published"),
    "replaced": N_("Replaced by a newer edition"),
    "narrowed": N_("Fewer may see it, as the newest edition"),
    "withdrawn": N_("Withdrawn"),
}
