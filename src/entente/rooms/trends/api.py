"""The trends room over HTTP: each part brings its own addresses under /api/v1/trends."""

from fastapi import APIRouter

from entente.rooms.trends.figures import api as figures_api
from entente.rooms.trends.figures import findings_api
from entente.rooms.trends.operations import api as operations_api
from entente.rooms.trends.referrals import api as referrals_api
from entente.rooms.trends.seizures import api as seizures_api
from entente.rooms.trends.seizures import import_api

router = APIRouter(tags=["trends"])
router.include_router(import_api.router)
router.include_router(seizures_api.router)
router.include_router(seizures_api.more)
router.include_router(figures_api.router)
router.include_router(findings_api.router)
router.include_router(operations_api.router)
router.include_router(operations_api.targets)
router.include_router(referrals_api.router)
