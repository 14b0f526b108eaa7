"""Deadline rules over HTTP."""

from typing import Annotated

from fastapi import APIRouter, Path, Response

from entente.rooms.payments import rules
from entente.rooms.payments.rules_model import RuleForm, RuleShown
from entente.web.callers import AtDoor

router = APIRouter()


@router.get("/rules")
def listed(caller: AtDoor) -> list[RuleShown]:
    """Every deadline rule, those that came with the house first."""
    with caller.at_own_desk("see") as desk:
        desk.note("see", what="deadline rules")
        return [rules.shown(desk, rule) for rule in rules.rules(desk)]


@router.post("/rules", status_code=201)
def write(caller: AtDoor, form: RuleForm) -> RuleShown:
    """Write a rule for your own country; the secretariat for any place."""
    with caller.at_own_desk("approve", writing=True) as desk:
        return rules.shown(desk, rules.rule_of(rules.keep_rule(desk, form)))


@router.delete("/rules/{id}", status_code=204)
def end(caller: AtDoor, id: Annotated[str, Path(max_length=64)]) -> Response:
    """End a rule."""
    with caller.at_own_desk("approve", writing=True) as desk:
        rules.end_rule(desk, id)
    return Response(status_code=204)
