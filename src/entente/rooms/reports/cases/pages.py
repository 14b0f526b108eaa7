"""Pages of case studies: the list, one case as a file, its forms, the matrix."""

from fastapi import APIRouter

router = APIRouter(prefix="/cases")
