"""Transactions of fingerprint systems over HTTP: INT-I version 6 and ANSI/NIST-ITL, and sets as such files."""

from fastapi import APIRouter

router = APIRouter()
