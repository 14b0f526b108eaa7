"""The reports room's pages: each part brings its own."""

from fastapi import APIRouter

from entente.rooms.reports.assessments import form_pages as assessment_forms
from entente.rooms.reports.assessments import pages as assessments_pages
from entente.rooms.reports.assessments import publishing_pages as assessment_publications
from entente.rooms.reports.casebook import pages as casebook_pages
from entente.rooms.reports.cases import form_pages, step_pages
from entente.rooms.reports.cases import pages as cases_pages

router = APIRouter()
router.include_router(step_pages.router)
router.include_router(form_pages.router)
router.include_router(cases_pages.router)
router.include_router(assessment_forms.router)
router.include_router(assessments_pages.router)
router.include_router(assessment_publications.router)
router.include_router(casebook_pages.router)
