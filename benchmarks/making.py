"""A crowd of invented persons, and a house loaded with them: what the benchmarks of the house measure on.

    python -m benchmarks.making [records=1000000]

Names are put together from our own lists of twelve cultures and drawn by Zipf's law from one seed, so that
a few are very common and most are rare. Half of the persons have a passport's number. Eight bureaus own
them under five handlings each; the OFAC and UN lists of ../shared/data are loaded beside them where they
lie there. The house is made once, in ENTENTE_BENCH_DATA (default: entente-bench-<records> in the folder
for temporary files), and found again by its `made.json`.
"""

import json
import os
import random
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from itertools import accumulate, product
from pathlib import Path
from typing import Any

import orjson

from entente.app import open_house
from entente.core.access import Asker, Purpose, Role
from entente.desk import HOUSE_ASKER, House, indexer, sit
from entente.desk.work import run_job
from entente.rooms.bureaus import by_code, register
from entente.rooms.bureaus.service import issue_key
from entente.rooms.records import HandlingForm, to_handling
from entente.rooms.records.loading import load
from entente.settings import Settings

SEED = 20_26
LISTS = Path(__file__).resolve().parents[2] / "shared/data/lists"
BUREAUS = ("XA", "XB", "XC", "XD", "XE", "XF", "XG", "XH")
HANDLINGS: tuple[tuple[str, int, dict[str, Any]], ...] = (
    ("everyone", 60, {"mode": "everyone"}),
    ("but", 20, {"mode": "but", "bureaus": ["{next}"]}),
    ("named", 10, {"mode": "named", "bureaus": ["{next}", "{after}"], "watch": True}),
    ("hint", 5, {"mode": "named", "hint": ["{next}", "{after}"]}),
    ("own", 5, {"mode": "named"}),
)
"""Name, percent of a bureau's records, form; {next} and {after} are other bureaus."""


# --- names ---------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Culture:
    """Given names and family names with their cumulated weights, and how a whole name is put together."""

    nations: tuple[str, ...]
    given: tuple[list[str], list[float]]
    family: tuple[list[str], list[float]]
    shape: str


def _zipf(words: list[str], chance: random.Random, flat: float) -> tuple[list[str], list[float]]:
    words = list(dict.fromkeys(words))
    chance.shuffle(words)
    return words, list(accumulate(1 / (rank + flat) for rank in range(len(words))))


def _joined(*parts: str) -> list[str]:
    return ["".join(p).title() for p in product(*([w.strip("-") for w in part.split()] for part in parts))]


_SLAVIC = (
    "anto bori dmit evge feli grig igor kons leon maks niko oleg pave roma serg tara vikt yako zakh "
    "bara belo vini gord davi zhel kova kras lebe moro orlo petr romas sido soko sviri tkac fedo tsvet shev"
)
_ROOTS = (
    "abr bel cer dar fal gar har kal lam mar nav orb pal ras sal tar val zam bor cor dom fer gor hol "
    "kor lor mor nor pol ros sol tor vol zor bir cal del fin gil kir lin mir nil pir ril sil tim vil zil"
)
_SYLLABLES = "an bo chen da en fang guo hai jun kai lan min ning ping qing rui shu tao wen xin yan zhi"


def cultures() -> list[tuple[int, Culture]]:
    """Every culture with its share of the persons in percent."""
    chance = random.Random(SEED)

    def made(nations: str, given: list[str], family: list[str], shape: str = "gf") -> Culture:
        return Culture(tuple(nations.split()), _zipf(given, chance, 3), _zipf(family, chance, 8), shape)

    slavic = _joined(_SLAVIC, "- r l n m s v", "ov ova enko ski ska ev uk ich in ina chuk yak")
    return [
        (16, made(
            "ru ua by",
            _joined("alek anat andr bog vlad gen yar iva kir mik ole pav ser tim vik yur zin nat ol "
                "sve tat",
                "ey an ei ii ona a ana ina ya osh"),
            slavic,
        )),
        (14, made(
            "eg sy iq ma dz",
            _joined("abd ah am far has hus ib jam kar khal mah mu nas om ra sal sam tar wal yas zay",
                "ul ad ir id an im a ana een iya"),
            _joined("al- ben- abu- el- -",
                "bas dar fah gha had jab kha maj naj qas ra sab sha tah wah zah zub",
                "ri di mi li si ni wi ki ani awi adi ouri iri"),
            "gnf",
        )),
        (10, made(
            "es mx co pe",
            _joined("al and ant car dan die ed fer gab hec ja jor lu mar mi pab ra ro san ser",
                "o a on es el ela ita io ina an"),
            _joined(_ROOTS, "ez era illo ano eda as ada ero"),
            "gff",
        )),
        (7, made(
            "br pt",
            _joined("ad an be ca de ed fa gi he jo ju le lu ma na pa ra ro ta vi",
                "ilson o ina ana ia ro nda son lio"),
            _joined(_ROOTS, "eira inho oso ares ado ão ques"),
            "gf",
        )),
        (10, made(
            "de at nl be",
            _joined("al an ber di er fr ger han hein jo kl lud mar ot pe rai ste tho uw wil",
                "bert mar fried rich o us hild traud a e"),
            _joined(_ROOTS, "mann berg stein huber dorf bach hoff meier kamp feld sen ing"),
        )),
        (10, made(
            "gb us ie",
            _joined("al ben bra car da ed fran geo har ja ken lew mar ne os pat ric sam tho wal",
                "an don son ley y ie ette ine ford en"),
            _joined(_ROOTS, "son ton ford well man ley worth field wood by combe shaw"),
        )),
        (6, made(
            "fr sn ci",
            _joined("ad al be cé do ét fa ge hu ja lu ma na ol pa re si th va yv",
                "ien ine ard ette ice ène el ome"),
            _joined(_ROOTS, "eau ier ard et on ac ot in ais ot"),
        )),
        (8, made(
            "cn tw sg",
            _joined(_SYLLABLES, "- " + _SYLLABLES),
            _joined("bai cao chen deng fang gao guo han he hu huang jiang lei li liang lin liu lu "
                "luo ma meng pan peng qian qin shen shi song sun tang tian wan wang wei wu xia "
                "xie xu yan yang yao ye yu yuan zeng zhang zhao zheng zhou zhu"),
            "fg",
        )),
        (7, made(
            "in pk bd",
            _joined("aj am an ar bha cha de ga ha in ja ka la ma na pra ra sa su vi",
                "esh it a ini jeet an dev shree endra ali"),
            _joined(_ROOTS, "wal kar ani pur appa esh singh lal dev want nath"),
        )),
        (5, made(
            "tr az",
            _joined("ah al ay ba be ce de em er fa gü ha ka me mu ny ok se tu ya",
                "met an lin ya tug kan gül can han"),
            _joined(_ROOTS, "oglu kaya gül çelik soy er men türk taş dağ"),
        )),
        (4, made(
            "ge am",
            _joined("ar da gi go il ir ka le lu ma me ni ot ra ta te tor va za zu",
                "ri to tar ko vit na li zar ika"),
            _joined(_ROOTS, "shvili dze ia uri yan iani ava eli"),
        )),
        (3, made(
            "ng gh ke",
            _joined("ab ad ak am ba chi da em fo gi ifa ko ku na no ob ol se te ya",
                "eka ofi uma wale ola ike ama sha ngozi"),
            _joined(_ROOTS, "eke ola bayo nkwo mensah ango owu ade wanyi"),
        )),
    ]  # fmt: skip


class Crowd:
    """Invented persons, the same ones for the same seed."""

    def __init__(self, seed: int = SEED) -> None:
        self.chance = random.Random(seed)
        shares = cultures()
        self._cultures = [culture for _, culture in shares]
        self._shares = list(accumulate(share for share, _ in shares))

    def _name(self, culture: Culture) -> str:
        chance = self.chance
        words = []
        for part in culture.shape:
            names, weights = culture.given if part in "gn" else culture.family
            words.append(chance.choices(names, cum_weights=weights)[0])
        if culture.shape == "gf" and chance.random() < 0.25:
            words.insert(1, chance.choices(culture.given[0], cum_weights=culture.given[1])[0])
        return " ".join(words)

    def person(self) -> dict[str, list[str]]:
        """One person's properties in clean form: names, birth, nationality, sex, perhaps a passport."""
        chance = self.chance
        culture = chance.choices(self._cultures, cum_weights=self._shares)[0]
        name = self._name(culture)
        properties = {
            "name": [name],
            "gender": [chance.choice(("male", "male", "female"))],
            "nationality": [chance.choice(culture.nations)],
            "birthDate": [_birth(chance)],
        }
        sort = chance.random()
        if sort < 0.12:
            properties["alias"] = [self._name(culture)]
        elif sort < 0.2:
            words = name.split()
            properties["alias"] = [f"{words[0]} {words[-1]}", _slip(chance, name)]
        if chance.random() < 0.5:
            letters = "".join(chance.choices("ABCDEFGHKLMNPRSTXYZ", k=2))
            properties["passportNumber"] = [f"{letters}{chance.randrange(10**6, 10**7)}"]
        return properties


def _birth(chance: random.Random) -> str:
    year, month, day = chance.randrange(1940, 2008), chance.randrange(1, 13), chance.randrange(1, 29)
    return f"{year}-{month:02}-{day:02}" if chance.random() < 0.85 else str(year)


def _slip(chance: random.Random, text: str) -> str:
    """The text with one letter left out, doubled or replaced."""
    at = chance.randrange(1, len(text))
    return text[:at] + chance.choice(("", text[at] * 2, chance.choice("aeinrst"))) + text[at + 1 :]


def questions(seed: int = 7, known: int = 100_000) -> Iterator[tuple[str, str]]:
    """Endless (name, number) to ask for: of persons of the crowd, half of the names with a slip, every fifth
    with a year of birth, and numbers of which nine in ten exist."""
    chance = random.Random(seed)
    crowd = Crowd()
    kept = [crowd.person() for _ in range(known)]
    numbers = [p["passportNumber"][0] for p in kept if "passportNumber" in p]
    while True:
        person = chance.choice(kept)
        name = person["name"][0]
        if chance.random() < 0.5:
            name = _slip(chance, name)
        if chance.random() < 0.2:
            name += f" {person['birthDate'][0][:4]}"
        number = chance.choice(numbers)
        yield name, number if chance.random() < 0.9 else f"ZZ{chance.randrange(10**6, 10**7)}"


# --- the house -----------------------------------------------------------------------------------


def folder(records: int) -> Path:
    told = os.environ.get("ENTENTE_BENCH_DATA")
    return Path(told) if told else Path(tempfile.gettempdir()) / f"entente-bench-{records}"


def write_lines(home: Path, records: int) -> list[tuple[str, str, Path]]:
    """FtM lines, a file for each bureau and handling: (bureau, handling, file)."""
    home.mkdir(parents=True, exist_ok=True)
    chance = random.Random(SEED)
    pairs = list(product(BUREAUS, [name for name, _, _ in HANDLINGS]))
    weights = [percent for _ in BUREAUS for _, percent, _ in HANDLINGS]
    paths = {pair: home / f"{pair[0]}-{pair[1]}.jsonl" for pair in pairs}
    files = {pair: path.open("wb", buffering=1 << 20) for pair, path in paths.items()}
    crowd = Crowd()
    for i in range(records):
        pair = chance.choices(pairs, weights)[0]
        line = {"id": f"person-{i}", "schema": "Person", "properties": crowd.person()}
        files[pair].write(orjson.dumps(line, option=orjson.OPT_APPEND_NEWLINE))
    for file in files.values():
        file.close()
    return [(bureau, handling, paths[bureau, handling]) for bureau, handling in pairs]


def found(house: House) -> dict[str, str]:
    """Let the bureaus join and give each a key that may search and contribute: code to key."""
    with sit(house, HOUSE_ASKER, "administer", writing=True) as desk:
        known = by_code(desk)
        made = {code: known.get(code) or register(desk, code, f"Bureau {code}") for code in BUREAUS}
        roles = (Role.OFFICER, Role.ANALYST, Role.CONTRIBUTOR, Role.SUPERVISOR)
        keys = {code: issue_key(desk, bureau, "benchmark", roles)[0] for code, bureau in made.items()}
    while run_job(house):  # a bureau that joined has the index made again
        pass
    return keys


def form_of(bureau: str, handling: str) -> HandlingForm:
    at = BUREAUS.index(bureau)
    named = {"{next}": BUREAUS[(at + 1) % 8], "{after}": BUREAUS[(at + 3) % 8]}
    told = {
        field: [named.get(v, v) for v in value] if isinstance(value, list) else value
        for name, _, form in HANDLINGS
        if name == handling
        for field, value in form.items()
    }
    return HandlingForm.model_validate(told)


def load_all(house: House, files: list[tuple[str, str, Path]]) -> int:
    """Load the files into the store, as `entente load` does; returns the records kept."""
    kept = 0
    for bureau, handling, path in files:
        with sit(house, HOUSE_ASKER) as desk:
            number = by_code(desk)[bureau].number
            desk.note("see", what="directory")
        asker = Asker("operator", number, Purpose.DESK, f"load {path.name}", frozenset({Role.CONTRIBUTOR}))
        with sit(house, asker) as desk:
            chosen = to_handling(desk, form_of(bureau, handling))
            desk.note("see", what="directory")
        kept += sum(step.kept for step in load(house, asker, path, chosen))
    return kept


def listed() -> list[tuple[str, str, Path]]:
    """The OFAC and UN lists, where they lie beside the repository."""
    paths = [LISTS / "ofac.ftm.jsonl", LISTS / "un.ftm.jsonl"]
    return [("XA", "everyone", path) for path in paths if path.exists()]


def build(records: int) -> tuple[Path, dict[str, Any]]:
    """The folder of a house with so many persons, and what is known of it; made where it is not there."""
    home = folder(records)
    mark = home / "made.json"
    if mark.exists():
        return home / "house", json.loads(mark.read_text())
    start = time.perf_counter()
    files = write_lines(home / "lines", records) + listed()
    print(f"{records:,} persons written in {time.perf_counter() - start:.0f} s", flush=True)
    with closing(open_house(Settings(data=home / "house"))) as house:
        keys = found(house)
        start = time.perf_counter()
        kept = load_all(house, files)
        loaded = time.perf_counter()
        indexer.catch_up(house)
        end = time.perf_counter()
    size = sum(f.stat().st_size for f in (home / "house").rglob("*") if f.is_file())
    made = {
        "records": kept,
        "keys": keys,
        "store_per_s": kept / (loaded - start),
        "index_per_s": kept / (end - loaded),
        "load_per_s": kept / (end - start),
        "bytes_per_record": size / kept,
    }
    mark.write_text(json.dumps(made))
    return home / "house", made


def main() -> None:
    _, made = build(int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000)
    print(*(f"{name}={value:.0f}" for name, value in made.items() if name != "keys"))


if __name__ == "__main__":
    main()
