"""The trends room's pages; each part brings its own under /trends."""

from fastapi import APIRouter

from entente.rooms.trends.figures import pages as figures_pages
from entente.rooms.trends.operations import pages as operations_pages
from entente.rooms.trends.referrals import pages as referrals_pages
from entente.rooms.trends.seizures import pages as seizures_pages

router = APIRouter()
router.include_router(operations_pages.router)
router.include_router(seizures_pages.router)
router.include_router(figures_pages.router)
router.include_router(referrals_pages.router)
