"""The payments room over HTTP: intercepts, and what helps to make and follow them."""

from fastapi import APIRouter

from entente.rooms.payments import requests_api, rules_api
from entente.rooms.payments.bank import messages_api
from entente.rooms.payments.traces import traces_api

router = APIRouter(prefix="/api/v1/payments", tags=["payments"])
router.include_router(requests_api.router)
router.include_router(messages_api.router)
router.include_router(traces_api.router)
router.include_router(rules_api.router)
