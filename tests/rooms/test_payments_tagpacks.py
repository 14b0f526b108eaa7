"""Tags of wallets in and out: records of one's own bureau, found by their address, the same tag once."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from entente.match.statements.tagpacks import read_pack
from rooms.scene import EVERYONE, NOBODY, Scene, places
from worlds.stage import Answer

PACKS = Path(__file__).parents[3] / "shared" / "data" / "payments" / "graphsense"
WALLET = "T9yD14Nj9j7xAB4dbGeiX9h8unkKHxuWwb"
NOUGHT = "1111111111111111111114oLvT2"
PACK = f"""
title: Wallets of the case
creator: XA
source: https://example.org/report
lastmod: 2026-01-10
tags:
- address: {NOUGHT}
  label: Ruvo Exchange
  currency: BTC
  category: exchange
  abuse: scam
  confidence: forensic
- address: {WALLET}
  label: Velda Nominee
  currency: TRX
  source: interview
  context: named by the victim
"""


def load(scene: Scene, pack: str = PACK, who: str = "XA contributor", **said: Any) -> Answer:
    return scene(who, "POST", "/payments/tags", json={"pack": pack, "handling": EVERYONE, **said})


def test_a_tag_is_a_record_of_a_wallet_that_others_find_by_its_address(scene: Scene) -> None:
    assert load(scene, grade="B2").json == {"tags": 2, "kept": 2, "faults": []}
    for address, name in ((NOUGHT, "Ruvo Exchange"), (WALLET, "Velda Nominee")):
        (found,) = scene.found("XB officer", address)
        record = scene("XB officer", "GET", f"/records/{found}").json
        assert (record["kind"], record["properties"]["name"], record["grade"]) == (
            "CryptoWallet",
            [name],
            "B2",
        )
    (found,) = scene.found("XB officer", NOUGHT)
    said = scene("XB officer", "GET", f"/records/{found}").json["properties"]
    assert said["keywords"] == ["category: exchange", "abuse: scam", "confidence: forensic"]
    assert (said["topics"], said["sourceUrl"]) == (["crime.fraud"], ["https://example.org/report"])
    assert (said["blockchain"], said["modifiedAt"]) == (["bitcoin"], ["2026-01-10"])


def test_the_same_pack_again_keeps_nothing_new_and_a_changed_tag_changes_its_record(scene: Scene) -> None:
    load(scene)
    assert load(scene).json["kept"] == 0
    assert load(scene, PACK.replace("forensic", "manual")).json["kept"] == 1
    (found,) = scene.found("XB officer", NOUGHT)
    assert (
        "confidence: manual" in scene("XB officer", "GET", f"/records/{found}").json["properties"]["keywords"]
    )


def test_a_tag_rings_before_an_intercept_is_sent(scene: Scene) -> None:
    load(scene)
    creditor = {"account": WALLET, "scheme": "wallet", "chain": "tron"}
    form = {"creditor": creditor, "amount": "5000000", "executed_at": "2026-01-15T08:10:00+00:00"}
    told = scene("XA officer", "POST", "/payments/check", json=form).json
    assert [(r["what"], r["state"]) for r in told["repeats"]] == [("record", WALLET)]


def test_good_tags_are_kept_and_each_wrong_one_is_told_with_its_line(scene: Scene) -> None:
    pack = (
        PACK
        + f"- address: {NOUGHT[:-1]}3\n  label: Mistyped\n  currency: BTC\n- label: None\n  currency: BTC\n"
    )
    told = load(scene, pack).json
    assert (told["tags"], told["kept"], [f["line"] for f in told["faults"]]) == (4, 2, [18, 21])
    assert "check sum" in told["faults"][0]["what"] and "no address" in told["faults"][1]["what"]


@pytest.mark.parametrize("pack", ["- a", "tags: {a: b}", "tags: [", "a: &x 1\nb: *x\ntags: []", "\x00"])
def test_what_is_no_pack_is_refused(scene: Scene, pack: str) -> None:
    answer = load(scene, pack)
    assert (answer.status, places(answer)) == (422, ["pack"])


def test_a_handling_that_is_not_the_officer_s_to_give_is_refused_and_so_is_his_role(scene: Scene) -> None:
    assert load(scene, handling={"mode": "named", "bureaus": ["QQ"]}).status == 422
    assert load(scene, who="XA officer").status == 403


def test_a_bureau_s_own_wallets_are_given_out_as_a_pack_that_is_read_again(scene: Scene) -> None:
    load(scene, handling=NOBODY)
    load(scene, PACK.replace("Ruvo Exchange", "Another's"), who="XB contributor")
    answer = scene("XA analyst", "GET", "/payments/tags.yaml?title=Case%207")
    assert (answer.status, answer.header("content-type")) == (200, "application/yaml")
    pack = read_pack(answer.body)
    assert (pack.head["title"], pack.head["creator"], pack.faults) == ("Case 7", "XA", ())
    given = {(t.address, t.label, t.abuse, t.source, t.context, t.lastmod) for t in pack.tags}
    assert given == {
        (NOUGHT, "Ruvo Exchange", "scam", "https://example.org/report", "", "2026-01-10"),
        (WALLET, "Velda Nominee", "", "interview", "named by the victim", "2026-01-10"),
    }
    assert load(scene, answer.text, handling=NOBODY).json["kept"] == 0
    assert scene("XA officer", "GET", "/payments/tags.yaml").status == 403
    assert yaml.safe_load(answer.text)["creator"] == "XA"


def test_a_public_pack_is_loaded_whole(scene: Scene) -> None:
    path = PACKS / "interpol-real_services.yaml"
    if not path.exists():
        pytest.skip("shared/data/payments/graphsense is not here")
    told = load(scene, path.read_text()).json
    assert (told["kept"], told["faults"]) == (told["tags"], []) and told["tags"] == 10
