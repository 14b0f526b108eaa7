"""The reports room over HTTP: each part brings its own addresses."""

from fastapi import APIRouter

from entente.rooms.reports.assessments import api as assessments_api
from entente.rooms.reports.casebook import api as casebook_api
from entente.rooms.reports.cases import api as cases_api

router = APIRouter()
router.include_router(cases_api.router)
router.include_router(assessments_api.router)
router.include_router(casebook_api.router)
