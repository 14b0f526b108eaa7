"""Pages of seizures."""

from fastapi import APIRouter

router = APIRouter()
