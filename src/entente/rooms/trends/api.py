"""The trends room over HTTP: each part brings its own addresses under /api/v1/trends."""

from fastapi import APIRouter

from entente.rooms.trends.seizures import api as seizures_api

router = APIRouter(tags=["trends"])
router.include_router(seizures_api.router)
