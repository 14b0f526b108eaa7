"""The demo's library: three documents of Utopia, two alerts of false ones, and two bureaus that are told.

Written by an officer of the bureau XA, which has specimens from Utopia, and approved by his second.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256

import numpy as np

from entente.demo import papers_content as said
from entente.demo import specimens
from entente.demo.specimen_card import card
from entente.demo.specimen_layout import CARD_MARIA
from entente.demo.specimen_parts import Rgb
from entente.desk import HOUSE_ASKER, Desk, House, sit
from entente.match.documents import comparing
from entente.rooms.bureaus import asker_for
from entente.rooms.papers import alerts, alerts_model, model, moving, pictures, service, subscriptions

WRITER, SECOND = "analyst@xa.example", "second@xa.example"
AROUND_MM = 1.5
"""Round a mark, in its picture."""
ZONE_FROM_MM = 60
IMITATED = ("kinegram", "photo-integration", "fluorescent-ink", "fluorescent-fibres", "guilloche")
"""Marks of which the forged page shows how they are imitated."""


def load(house: House) -> None:
    """Fill the library and publish the alerts."""
    genuine, forged = specimens.genuine(specimens.MARIA), specimens.forged()
    glowing, dull = specimens.uv(specimens.MARIA, genuine), specimens.forged_uv(forged)
    album = Album()
    album.page(said.DATA, genuine, glowing, forged, dull)
    _version(house, album.of(said.PASSPORT), album)
    for form, page in ((said.OLDER, specimens.older()), (said.CARD, card(CARD_MARIA))):
        album = Album()
        album.page(0, page)
        _version(house, album.of(form), album)
    for email, told in (
        ("officer@xb.example", alerts_model.Subscription(countries=["UTO"])),
        ("officer@xc.example", alerts_model.Subscription(every=True)),
    ):
        with _as(house, email, "stand") as desk:
            subscriptions.subscribe(desk, told)
    _alert(house, said.INKJET, Album())
    album = Album()
    album.page(said.DATA, genuine, glowing, forged, dull)
    _alert(house, album.alert(said.GLUED), album)


class Album:
    """Pictures by their SHA-256, which is how content names them: of pages, and cut out of them."""

    def __init__(self) -> None:
        self.pictures: dict[str, bytes] = {}
        self._pages: dict[int, tuple[Rgb, ...]] = {}

    def page(self, number: int, *seen: Rgb) -> None:
        """What a page looks like: normal light, UV, and both of a false one."""
        self._pages[number] = seen

    def of(self, form: model.VersionForm) -> model.VersionForm:
        """The version with pictures of its pages and marks."""
        pages = [self._page(n, page) for n, page in enumerate(form.content.pages)]
        features = [self._feature(f) for f in form.content.features]
        content = form.content.model_copy(update={"pages": pages, "features": features})
        return form.model_copy(update={"content": content})

    def alert(self, form: alerts_model.AlertForm) -> alerts_model.AlertForm:
        """The alert with pictures of its regions, genuine and false; of what was printed for a holder, none:
        the drawn false page is of another one."""
        shown = []
        for region in form.content.regions:
            if region.box and region.box.y < ZONE_FROM_MM:
                genuine, _, false, _ = self._pages[region.page]
                pair = {"genuine": self._cut(genuine, region.box), "fake": self._cut(false, region.box)}
                shown.append(region.model_copy(update=pair))
            else:
                shown.append(region)
        content = form.content.model_copy(update={"regions": shown})
        return form.model_copy(update={"content": content})

    def _page(self, number: int, page: model.PageForm) -> model.PageForm:
        seen = zip(("VIS", "UV365"), self._pages.get(number, ()), strict=False)
        shown = [
            model.PictureForm.model_validate(
                {"light": light, "px_per_mm": specimens.PX_PER_MM, "blob": self._keep(picture)}
            )
            for light, picture in seen
        ]
        return page.model_copy(update={"pictures": shown})

    def _feature(self, feature: model.FeatureForm) -> model.FeatureForm:
        seen = self._pages.get(feature.page, ())
        under = 1 if feature.light == "UV365" else 0
        if feature.box is None or len(seen) <= under:
            return feature
        cuts = {"closeup": self._cut(seen[under], feature.box)}
        if feature.term in IMITATED:
            cuts["fake"] = self._cut(seen[under + 2], feature.box)
        return feature.model_copy(update=cuts)

    def _cut(self, page: Rgb, box: model.Box) -> str:
        place = comparing.Box(box.x, box.y, box.width, box.height).grown(AROUND_MM)
        return self._keep(np.ascontiguousarray(page[place.slices(page.shape, specimens.PX_PER_MM)]))

    def _keep(self, picture: Rgb) -> str:
        data = specimens.jpeg(picture)
        digest = sha256(data).hexdigest()
        self.pictures[digest] = data
        return digest


def _version(house: House, form: model.VersionForm, album: Album) -> None:
    """A version all the way: drafted, its pictures sent, sent to review, approved by a second officer."""
    with _as(house, WRITER, "contribute") as desk:
        bare = form.model_copy(update={"content": model.Content()})
        draft = service.draft(desk, bare)
        pictures.kept(desk, draft, list(album.pictures.values()))
        edit = model.VersionEdit(**dict(form), seen=moving.digest(draft))
        whole = service.edit(desk, draft.id, edit)
        moving.submit(desk, service.KIND, draft.id, moving.digest(whole), service.missing)
    with _as(house, SECOND, "approve") as desk:
        service.decide(desk, draft.id, model.Decide(seen=moving.digest(whole), approve=True))


def _alert(house: House, form: alerts_model.AlertForm, album: Album) -> None:
    """An alert all the way, as a version goes."""
    with _as(house, WRITER, "contribute") as desk:
        bare = form.model_copy(update={"content": alerts_model.AlertContent()})
        draft = alerts.draft(desk, bare)
        pictures.kept(desk, draft, list(album.pictures.values()))
        edit = alerts_model.AlertEdit(**dict(form), seen=moving.digest(draft))
        whole = alerts.edit(desk, draft.id, edit)
        moving.submit(desk, alerts.KIND, draft.id, moving.digest(whole), alerts.missing)
    with _as(house, SECOND, "approve") as desk:
        alerts.decide(desk, draft.id, model.Decide(seen=moving.digest(whole), approve=True))


@contextmanager
def _as(house: House, email: str, act: str) -> Iterator[Desk]:
    """A sitting of one of the story's officers at his own desk."""
    code = email.partition("@")[2][:2].upper()
    with sit(house, HOUSE_ASKER) as desk:
        asker = asker_for(desk, f"{code}:{email}", "desk", "own desk")
        desk.note("see", what="an officer")
    with sit(house, asker, act, writing=True) as desk:
        yield desk
