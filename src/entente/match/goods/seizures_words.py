"""Words of the closed lists as people and tables write them, and what a seizure is called."""

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from entente.match.goods import codes
from entente.match.goods.taxonomy import TAXONOMY, folded

_ALSO: Mapping[str, str] = {
    "modes": "sea: maritime, vessel, ship, bateau, navire, mer, maritimo, buque, por mar, بحرا, بحري · "
    "road: land, truck, vehicle, car, route, routier, terrestre, carretera, camion, برا, بري · "
    "rail: train, ferroviaire, ferrocarril, ferroviario, سكة حديد · "
    "air: plane, aircraft, airport, aerien, avion, aereo, جوا, جوي · "
    "mail: post, postal, parcel, courier, poste, courrier, correo, mensajeria, بريد · "
    "inland_water: river, fluvial, barge · pipeline: ductos, oleoducto",
    "events": "seizure: saisie, incautacion, decomiso, ضبط, seizures · theft: vol, robo, hurto · find: hallazgo, "
    "decouverte · detention: retention, retencion · inspection_nil: nil, nothing found",
    "contributors": "customs: douane, aduana, جمارك · police: policia, شرطة · regulator: regulateur, regulador · "
    "private: company · open_source: media, press, open",
    "detections": "dog: dogs, k9, canine, chien, perro · scanner: scan, x ray, xray, escaner · tip: informant, "
    "denuncia · routine: control, routine check · intelligence: intel, inteligencia, renseignement · "
    "risk_profile: risk analysis, profiling, targeting · random: aleatorio, aleatoire",
    "place_kinds": "seaport: port, puerto, sea port, ميناء · airport: aeroport, aeropuerto, مطار · land_border: "
    "border, land boundary, frontiere, frontera, حدود · mail_hub: mail centre, post office, correo, poste · "
    "inland: interior · market: shop, mercado, marche · online: internet · at_sea: high seas, en mer, en alta mar",
    "states": "counterfeit: fake, contrefait, contrefacon, falsificado, مزيف, مقلد · genuine: original, "
    "authentic, autentico · diverted: detourne, desviado · stolen: vole, robado, مسروق · unlicensed: "
    "unauthorised, sin licencia, sans licence",
    "roles": "intended_destination: destination, destino, destinataire · origin: provenance, origen, origine",
    "bases": "declared: customs value · street: retail · wholesale: gros, mayorista",
    "certainties": "document: documents, papers · statement: stated, said · inferred: assumed",
    "concealments": "cover_load: cover · body: swallowed, ingested, internal · rip_on: rip off, rip on rip off · "
    "mislabel: false label · misdeclare: misdeclared, false declaration · liquid: dissolved · post: parcel",
}
"""What else tables say, in four languages."""
MOST_TITLE = 300


def code_of(listed: str, text: str) -> str:
    """The code of a list that a text stands for: the code, its label or another word for it (folded), or the
    digit of a mode; "" for nothing. Raises ValueError ("is none of: ...")."""
    if not text:
        return ""
    found = _words(listed).get(folded(text)) or _words(listed).get(text)
    if found is None:
        raise ValueError(f"is none of: {', '.join(codes.LABELS[listed])}")
    return found


@cache
def _words(listed: str) -> Mapping[str, str]:
    known: dict[str, str] = {}
    for number, (code, label) in enumerate(codes.LABELS[listed].items(), 1):
        known |= {code: code, folded(code): code}
        known.setdefault(folded(label), code)
        if listed == "modes":
            known[str(number)] = code
    for part in _ALSO.get(listed, "").split("·"):
        code, _sep, words = part.partition(":")
        for word in words.split(","):
            known.setdefault(folded(word), code.strip())
    known.pop("", None)
    return known


_CARRIERS: Mapping[str, str] = {
    "imo": "vessel",
    "ship": "vessel",
    "vehicle": "plate",
    "registration": "plate",
    "plane": "aircraft",
    "tail": "aircraft",
}


def carrier(text: str) -> str:
    """The sort of number (conveyances.KINDS) that a word stands for; the word itself where it is none."""
    word = text.strip().casefold()
    return _CARRIERS.get(word, word)


def title(raw: Mapping[str, Sequence[str]], items: Sequence[Mapping[str, Any]]) -> str:
    """What a seizure is called: goods and quantity, place, date; in English, as codes are."""
    said = [goods_said(items[0])] if items else [codes.LABELS["events"].get(_first(raw, "eventKind"), "")]
    if len(items) > 1:
        said[0] += f" and {len(items) - 1} more"
    place = " ".join(part for part in (_first(raw, "country").upper(), _first(raw, "place")) if part)
    said += [place, _first(raw, "date")]
    return " · ".join(part for part in said if part)[:MOST_TITLE] or "Seizure"


def goods_said(line: Mapping[str, Any]) -> str:
    """A line of goods in words: state, goods, quantity."""
    goods, state = str(line.get("goods", "")), str(line.get("state", ""))
    what = TAXONOMY.node(goods).label if goods else str(line.get("what", "")) or f"HS {line.get('hs', '')}"
    state = codes.LABELS["states"][state] + " " if state in ("counterfeit", "stolen", "diverted") else ""
    amount = str(line.get("std") or line.get("qty") or "")
    unit = str(line.get("std_unit") if line.get("std") else line.get("unit", ""))
    shown = codes.LABELS["units"].get(unit, unit)
    return f"{state}{what}" + (f", {amount} {shown}".rstrip() if amount else "")


def _first(raw: Mapping[str, Sequence[str]], name: str) -> str:
    return next(iter(raw.get(name, ())), "")
