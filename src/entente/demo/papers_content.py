"""What the demo's library says of Utopia's documents and of the false ones that were found."""

from datetime import date

from entente.demo import specimen_card as card
from entente.demo import specimen_layout as layout
from entente.match.documents import comparing
from entente.rooms.papers import alerts_model as alerts
from entente.rooms.papers import model as m

COVER, DATA, INNER = 0, 1, 2
"""Places of the pages."""


def box(of: comparing.Box) -> m.Box:
    """A box as the library keeps it, inside the page."""
    x, y = max(0.0, of.x), max(0.0, of.y)
    return m.Box(x=round(x, 2), y=round(y, 2), width=round(of.width, 2), height=round(of.height, 2))


def _at(x: float, y: float, width: float, height: float) -> m.Box:
    return m.Box(x=x, y=y, width=width, height=height)


PORTRAIT, GHOST, KINEGRAM = (box(b) for b in (layout.PORTRAIT, layout.GHOST, layout.KINEGRAM))
GLOWING_ARMS = _at(50, 20, 44, 40)

FEATURES = [
    m.FeatureForm(
        page=DATA,
        term="kinegram",
        box=KINEGRAM,
        risk=5,
        ease=5,
        way="TILT",
        about="A round foil, 16 mm, half on the portrait: rays of all colours round the tower of the arms.",
        verify="Tilt the page. The rays turn round the tower and the colours change without a jump. The edge"
        " is cut clean and lies under the laminate; a fingernail does not catch on it.",
    ),
    m.FeatureForm(
        page=DATA,
        term="photo-integration",
        box=PORTRAIT,
        risk=5,
        ease=4,
        about="The portrait is printed into the paper. It has no edge of its own and fades out all round.",
        verify="Follow the guilloches from the margin into the portrait: they run on through hair and face. A"
        " white rim, a shadow along an edge, or a face without lines means that a photo was put on top.",
    ),
    m.FeatureForm(
        page=DATA,
        term="ghost-image",
        box=GHOST,
        risk=4,
        ease=5,
        about="The holder once more, small, in one blue-green ink, on the right of the page.",
        verify="Compare it with the portrait: the same person, the same clothes, the same parting. Whoever"
        " changes the portrait often leaves this one as it was.",
    ),
    m.FeatureForm(
        page=DATA,
        term="fluorescent-ink",
        box=GLOWING_ARMS,
        light="UV365",
        tool="UV",
        risk=5,
        ease=4,
        about="The arms, 42 mm wide, in green; the name of the state in red above and below.",
        verify="Under the lamp the arms glow evenly and their lines are sharp. Glowing that is patchy, pale"
        " or seen in daylight too was printed by an office printer.",
    ),
    m.FeatureForm(
        page=DATA,
        term="fluorescent-fibres",
        box=_at(97, 23, 26, 30),
        light="UV365",
        tool="UV",
        risk=4,
        ease=4,
        about="Red, blue, yellow and green fibres, 2 to 4 mm, in the paper, another pattern on each page.",
        verify="Some fibres must begin or end inside the paper, and no two pages show the same pattern. The"
        " paper between them stays dark: where it is bright, it was bleached, scraped or glued.",
    ),
    m.FeatureForm(
        page=DATA,
        term="machine-readable-zone",
        box=box(layout.ZONE),
        tool="reader",
        risk=4,
        ease=4,
        about="Two lines of 44 characters in OCR-B, black also under infrared.",
        verify="Read it with the guided check: all five check digits must be right, and names, number and"
        " dates must be those of the page. The lines run level, 6.35 mm apart.",
    ),
    m.FeatureForm(
        page=DATA,
        term="guilloche",
        box=_at(70, 41, 12, 22),
        tool="magnifier",
        risk=4,
        ease=3,
        about="Waves and rosettes of fine lines in three inks, unbroken behind all that is written.",
        verify="Look between date of birth and sex. Lines that are broken, pale or rubbed off around a date"
        " say that something was erased there; dots instead of lines say that the page was copied.",
    ),
    m.FeatureForm(
        page=DATA,
        term="rainbow-printing",
        box=_at(44, 14, 78, 50),
        risk=3,
        ease=4,
        about="Ground and lines change from blue-green over sand to rose, from left to right.",
        verify="The change has no step anywhere, also within a single line under the magnifier.",
    ),
    m.FeatureForm(
        page=DATA,
        term="letterpress-number",
        box=box(layout.FIELDS["number"]),
        light="UV365",
        tool="UV",
        risk=3,
        ease=4,
        about="The number in dark red OCR-B, nine characters, pressed into the paper; orange under UV.",
        verify="Feel the digits from behind. Under the lamp all nine glow in one orange; one that stays dark"
        " was printed later.",
    ),
    m.FeatureForm(
        page=DATA,
        term="microprint",
        box=_at(48, 12, 72, 1.4),
        tool="magnifier",
        level=2,
        risk=3,
        ease=2,
        about="UTOPIA without end, 0.8 mm high, above the data and above the zone.",
        verify="Each letter can be read under ten times magnification; copies show a line of dots.",
    ),
    m.FeatureForm(
        page=DATA,
        term="biographical-data-font",
        box=_at(48.6, 23, 30, 40),
        tool="magnifier",
        level=2,
        risk=4,
        ease=2,
        about="One face, one size (capitals 2.1 mm), one black throughout.",
        verify="Compare the same digits in the three dates: height, weight and foot must be the same.",
    ),
    m.FeatureForm(
        page=INNER,
        term="watermark",
        light="TRANSMITTED",
        risk=4,
        ease=4,
        about="The tower in several tones, in the middle of each page from 3 to 32.",
        verify="Hold the page against the light: soft changes from light to dark, nothing to see or feel on"
        " the surface. A printed one has one tone and glows or darkens under UV.",
    ),
    m.FeatureForm(
        page=INNER,
        term="laser-perforation",
        risk=3,
        ease=5,
        way="FEEL",
        about="The number burnt through all inner pages, the holes smaller from page to page.",
        verify="Hold the pages against the light together: number as on the data page, holes round, without"
        " burr and growing smaller to the back.",
    ),
    m.FeatureForm(
        page=INNER,
        term="uv-stitching",
        light="UV365",
        tool="UV",
        level=2,
        risk=3,
        ease=3,
        about="Three threads, one of which glows yellow and blue by turns; a lock stitch.",
        verify="Look at the middle of the booklet: no second holes beside the stitches.",
    ),
    m.FeatureForm(
        page=COVER,
        term="cover-stamping",
        risk=2,
        ease=4,
        way="FEEL",
        about="Arms and PASSPORT in gold foil on dark blue, sunk 0.1 mm.",
        verify="Rub with a thumb: gold does not come off, edges are sharp.",
    ),
]

PASSPORT = m.VersionForm(
    code="UTO-AO-01001",
    title="Ordinary passport of Utopia, 2020",
    first_issued=date(2020, 3, 2),
    legal_status="Issued to citizens by the passport office of Amaurot. Proves identity and citizenship.",
    construction="Booklet of 32 pages, sewn; data page of paper under a laminate, printed in offset with"
    " rainbow colours, personalised by inkjet and letterpress.",
    width=125,
    height=88,
    page_count=32,
    colours=["blue"],
    mrz="TD3",
    content=m.Content(
        pages=[
            m.PageForm(kind="cover"),
            m.PageForm(kind="data", printed="2", width=125, height=88),
            m.PageForm(kind="inner", printed="3"),
        ],
        features=FEATURES,
        anchors=[
            m.AnchorForm(page=DATA, kind=a.kind, name=a.name, box=box(a.box), tolerance=a.tolerance_mm)
            for a in layout.ANCHORS
        ],
        fields=[m.FieldForm(page=DATA, name=name, box=box(of)) for name, of in layout.FIELDS.items()],
        patterns=[
            m.PatternForm(
                pattern="[C-L]99X99XX9",
                issued_from=date(2020, 3, 2),
                note="A letter of the office, then eight characters, the last a digit. No check digit of"
                " its own.",
            )
        ],
        validity=[
            m.ValidityForm(years=10, least_age=16),
            m.ValidityForm(years=5, most_age=15, note="Signed by a parent."),
        ],
        sources=[
            m.SourceForm(what="Specimen C01X00T47, handed over by the passport office of Amaurot"),
            m.SourceForm(
                what="Form of the zone: ICAO Doc 9303, part 4", url="https://www.icao.int/publications"
            ),
        ],
    ),
)

OLDER = m.VersionForm(
    code="UTO-AO-00901",
    title="Ordinary passport of Utopia, 2009",
    first_issued=date(2009, 5, 11),
    last_issued=date(2020, 3, 1),
    legal_status="No longer issued. Good until the date in it, none after 28 February 2030.",
    construction="Booklet of 32 pages; the photo is glued in, stamped dry and laminated.",
    width=125,
    height=88,
    page_count=32,
    colours=["green"],
    mrz="TD3",
    content=m.Content(
        pages=[m.PageForm(kind="data", printed="2", width=125, height=88)],
        features=[
            m.FeatureForm(
                page=0,
                term="dry-stamp",
                box=_at(25, 44, 16, 15.5),
                light="OBLIQUE",
                risk=5,
                ease=4,
                way="FEEL",
                about="The arms, 14 mm, pressed half into the photo and half into the page.",
                verify="Let light fall from the side. The ring runs on over the edge of the photo without a"
                " step; where the photo was exchanged, its halves do not meet.",
            ),
            m.FeatureForm(
                page=0,
                term="laminate",
                box=PORTRAIT,
                risk=4,
                ease=3,
                about="One film over the whole page, ironed on; it cannot be lifted without tearing fibres.",
                verify="Look for cuts along the photo, bubbles, and a second film on top.",
            ),
            m.FeatureForm(
                page=0,
                term="rainbow-printing",
                box=_at(44, 14, 78, 50),
                risk=3,
                ease=4,
                about="From sand over olive to sea green.",
                verify="No step anywhere; under a magnifier lines, not dots.",
            ),
        ],
        patterns=[m.PatternForm(pattern='"B"99A99A99', issued_until=date(2020, 3, 1))],
        validity=[m.ValidityForm(years=10)],
        sources=[m.SourceForm(what="Specimen B41K20R63")],
    ),
)

CARD = m.VersionForm(
    code="UTO-BO-02001",
    title="Identity card of Utopia, 2021",
    first_issued=date(2021, 9, 1),
    legal_status="Proves identity and citizenship; good for travel to neighbouring states.",
    construction="Polycarbonate in seven layers, laser engraved.",
    width=86,
    height=54,
    page_count=2,
    colours=["blue", "green"],
    mrz="TD1",
    content=m.Content(
        pages=[m.PageForm(kind="front", width=86, height=54), m.PageForm(kind="back", width=86, height=54)],
        features=[
            m.FeatureForm(
                page=0,
                term="transparent-window",
                box=box(card.CARD_WINDOW),
                light="TRANSMITTED",
                risk=5,
                ease=5,
                about="A clear oval, 12 x 16 mm, with the holder engraved in it.",
                verify="Hold it against the light: the same face, and seen from behind mirrored.",
            ),
            m.FeatureForm(
                page=0,
                term="laser-engraving",
                box=box(card.CARD_PORTRAIT),
                risk=4,
                ease=3,
                way="FEEL",
                about="Portrait and data are burnt in; the signature can be felt.",
                verify="Run a nail over the signature. Under a magnifier there are grey tones, no dots of"
                " colour.",
            ),
            m.FeatureForm(
                page=0,
                term="document-number-font",
                box=box(card.CARD_NUMBER),
                risk=3,
                ease=4,
                about="Dark red OCR-B, IC and seven digits.",
                verify="Compare it with the first line of the zone on the back.",
            ),
        ],
        patterns=[m.PatternForm(pattern='"IC"9{7}', issued_from=date(2021, 9, 1))],
        validity=[m.ValidityForm(years=10, least_age=12), m.ValidityForm(years=5, most_age=11)],
        sources=[m.SourceForm(what="Specimen IC0047120")],
    ),
)

GLUED = alerts.AlertForm(
    title="Photo exchanged, kinegram lost, year of birth changed",
    sort="forged-photo",
    code="UTO-AO-01001",
    country="UTO",
    route="Night train from Zenith to Port Arven",
    first_seen=date(2025, 12, 3),
    content=alerts.AlertContent(
        about="Three genuine passports, reported stolen on the same line, with another photo. The forger"
        " prints the year of birth anew to fit whoever travels, and does not work out the check digits"
        " again.",
        regions=[
            alerts.RegionForm(
                page=DATA,
                box=_at(4.2, 16.2, 33, 43),
                marker="The photo lies on top: a white rim of 0.5 mm, a shadow right and below, no"
                " guilloches in it.",
            ),
            alerts.RegionForm(
                page=DATA,
                box=KINEGRAM,
                marker="No kinegram: it went with the laminate when the photo was taken.",
            ),
            alerts.RegionForm(
                page=DATA,
                box=_at(66, 43.6, 12, 7),
                marker="Guilloches are rubbed off behind and beside the year of birth.",
            ),
            alerts.RegionForm(
                page=DATA,
                box=box(layout.ZONE),
                marker="The check digit of the birth date and the last one are wrong.",
            ),
        ],
        serials=["L898871C3", "L899140D8", "K70122CC4"],
    ),
)
INKJET = alerts.AlertForm(
    title="Whole counterfeit, printed by inkjet",
    sort="counterfeit",
    code="UTO-AO-00901",
    country="UTO",
    route="Ferry to Cordava City",
    first_seen=date(2025, 8, 19),
    content=alerts.AlertContent(
        about="Data page copied and printed by inkjet on office paper. It is bright under UV, the dry stamp"
        " is printed in grey, and all that were found have one of two numbers.",
        serials=["B41K20R00", "B17H44T02"],
    ),
)
