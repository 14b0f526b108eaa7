"""Synthetic people, companies and what belongs to them, drawn from a seed. Nobody here exists."""

import random
from collections.abc import Iterator
from dataclasses import dataclass, field

GIVEN = {
    "male": """
        Ivo Tarek Malik Bram Anselm Dorin Kasimir Levan Otar Radu Stellan Timur Yusuf Zoran Emeka Kofi Joaquim
        Mateus Hiro Minh Arjun Farid Nadir Samir Viktor Pavlo Goran Luca Enzo Mirko Ruben Tiago Aleksi Jonas
    """.split(),
    "female": """
        Mira Leila Ines Oksana Yara Noor Salma Tamar Nino Ewa Zofia Amara Adaeze Abena Catarina Beatriz Yuki
        Linh Priya Samira Nadia Vesna Elif Defne Chiara Giulia Marit Saga Ilse Anneke Petra Dunja Rania Hala
    """.split(),
}
FAMILY = """
    Marenko Halvorsen Castelbranco Okonjo Vasilkov Tarabishi Dvorsky Lindqvist Achterberg Benaissa Kvaratsidze
    Morandell Petrosyants Quintero Ribeirosa Sandvoll Tokarev Ulbricht Vantongeren Wieczorkowski Yilmazoglu
    Zubarevich Abdelhakimi Boateng-Asare Cherkasenko Delacroix-Roy Estevanez Farouki Gavrilescu Hamadani
    Ishikawara Jovanovski Karimzada Lomidzeli Mbekiya Nguyentran Obradovic Pashayev Rosenkranz Shevardin
    Tsintsadzeli
""".split()
ORIGINAL = {
    "Marenko": "Маренко", "Vasilkov": "Васильков", "Tokarev": "Токарев", "Shevardin": "Шевардин",
    "Tarabishi": "طرابيشي", "Farouki": "فاروقي", "Lomidzeli": "ლომიძელი", "Ivo": "Иво", "Viktor": "Виктор",
    "Pavlo": "Павло", "Timur": "Тимур", "Oksana": "Оксана", "Tarek": "طارق", "Leila": "ليلى", "Samir": "سمير",
    "Nino": "ნინო", "Levan": "ლევან", "Farid": "فريد",
}  # fmt: skip
MONIKERS = (
    "the Carpenter",
    "Blue Shirt",
    "Uncle Salt",
    "the Notary",
    "Little Crane",
    "Grey Hat",
    "the Gardener",
    "Two Phones",
)
TRADE = (
    "Agro",
    "Maritime",
    "Logistics",
    "Chemie",
    "Textil",
    "Trading",
    "Pharma",
    "Metals",
    "Foods",
    "Timber",
)
FORMS = ("Ltd", "GmbH", "S.A.", "LLC", "d.o.o.", "B.V.")
NATIONS = ("xa", "xb", "xc", "xd")
MODELS = ("Skola Fabra", "Renot Kanga", "Merkur Vito", "Toyama Hilo", "Fjord Transit")
COLOURS = ("white", "grey", "dark blue", "red", "black", "silver")


@dataclass(frozen=True, slots=True)
class Drawn:
    """One record to keep: its owner's reference, kind and values (names of others are their references)."""

    ref: str
    kind: str
    values: dict[str, list[str]] = field(default_factory=dict)


def draw(seed: int, nation: str, how_many: int) -> Iterator[Drawn]:
    """`how_many` persons of one bureau, with documents, vehicles, companies, accounts and links for some."""
    chance = random.Random(f"{seed} {nation}")  # noqa: S311
    for i in range(how_many):
        yield from _person(chance, nation, i)


def _person(chance: random.Random, nation: str, i: int) -> Iterator[Drawn]:
    sex = chance.choice(("male", "female"))
    given, family = chance.choice(GIVEN[sex]), chance.choice(FAMILY)
    ref = f"person-{i}"
    values = {
        "name": [f"{given} {family}"],
        "gender": [sex],
        "nationality": [nation if chance.random() < 0.8 else chance.choice(NATIONS)],
        "birthDate": [_birth(chance)],
    }
    if given in ORIGINAL and family in ORIGINAL:
        values["name"].append(f"{ORIGINAL[given]} {ORIGINAL[family]}")
    if chance.random() < 0.15:
        values["alias"] = [f"{chance.choice(GIVEN[sex])} {family}"]
    if chance.random() < 0.04:
        values["moniker"] = [chance.choice(MONIKERS)]
    if chance.random() < 0.3:
        number = f"{nation[1].upper()}{chance.randrange(10**7, 10**8)}"
        values["passportNumber"] = [number]
        yield Drawn(
            f"passport-{i}",
            "Passport",
            {"number": [number], "holder": [ref], "country": [nation], "type": ["P"]},
        )
    if chance.random() < 0.25:
        values["phone"] = [f"+999{chance.randrange(10**7, 10**8)}"]
    yield Drawn(ref, "Person", values)
    if chance.random() < 0.12:
        yield from _vehicle(chance, nation, i, ref)
    if chance.random() < 0.12:
        yield from _company(chance, nation, i, ref)
    if i and chance.random() < 0.12:
        other = f"person-{chance.randrange(i)}"
        how = chance.choice(("brother", "met in port", "cellmates", "business partners", "cousins"))
        yield Drawn(
            f"associate-{i}", "Associate", {"person": [ref], "associate": [other], "relationship": [how]}
        )


def _vehicle(chance: random.Random, nation: str, i: int, owner: str) -> Iterator[Drawn]:
    letters = "ABCDEFGHJKLMNPRSTUVWXYZ"
    plate = f"{nation.upper()} {chance.randrange(100, 1000)} {''.join(chance.choices(letters, k=3))}"
    vin = "".join(chance.choices(letters + "0123456789", k=17)).replace("Q", "Z")
    values = {
        "name": [f"{chance.choice(MODELS)} {plate}"],
        "registrationNumber": [plate],
        "vin": [vin],
        "country": [nation],
    }
    yield Drawn(f"vehicle-{i}", "Vehicle", values)
    yield Drawn(f"owns-vehicle-{i}", "Ownership", {"owner": [owner], "asset": [f"vehicle-{i}"]})


def _company(chance: random.Random, nation: str, i: int, director: str) -> Iterator[Drawn]:
    name = f"{chance.choice(FAMILY)} {chance.choice(TRADE)} {chance.choice(FORMS)}"
    number = f"{nation.upper()}{chance.randrange(10**6, 10**7)}"
    yield Drawn(
        f"company-{i}",
        "Company",
        {"name": [name], "jurisdiction": [nation], "registrationNumber": [number]},
    )
    start = f"{chance.randrange(2005, 2025)}"
    yield Drawn(
        f"directs-{i}",
        "Directorship",
        {"director": [director], "organization": [f"company-{i}"], "startDate": [start]},
    )
    iban = f"{nation.upper()}{chance.randrange(10, 99)}{chance.randrange(10**15, 10**16)}"
    yield Drawn(f"account-{i}", "BankAccount", {"accountNumber": [iban], "iban": [iban], "country": [nation]})
    yield Drawn(f"owns-account-{i}", "Ownership", {"owner": [f"company-{i}"], "asset": [f"account-{i}"]})


def _birth(chance: random.Random) -> str:
    year, month, day = chance.randrange(1948, 2004), chance.randrange(1, 13), chance.randrange(1, 29)
    sort = chance.random()
    if sort < 0.7:
        return f"{year}-{month:02}-{day:02}"
    if sort < 0.85:
        return f"{year}"
    return f"~{year}" if sort < 0.95 else f"{year}/{year + 3}"
