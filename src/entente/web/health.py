"""`GET /health`: whether the house answers, for a load balancer or a watchdog. Nobody signs in for it; it
says nothing of what is kept, and is no entry of the journal."""

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse

from entente.desk import health

router = APIRouter()


@router.get("/health", include_in_schema=False)
def look(request: Request) -> JSONResponse:
    """200 `{"status": "ready"}`, or 503 `{"status": "unavailable"}`."""
    ready = health.ready(request.app.state.house)
    return JSONResponse({"status": "ready" if ready else "unavailable"}, 200 if ready else 503)
