"""The reports room's pages: each part brings its own."""

from fastapi import APIRouter

from entente.rooms.reports.cases import form_pages, step_pages
from entente.rooms.reports.cases import pages as cases_pages

router = APIRouter()
router.include_router(step_pages.router)
router.include_router(form_pages.router)
router.include_router(cases_pages.router)
