"""Milliseconds to write, check and read the messages by which a payment is recalled.

    python -m benchmarks.camt [rounds=500]

One round writes a camt.056 for one payment and reads it back, which applies every rule of ours, and has the
published schema look at it where shared/data/payments is; so for camt.029 and auth.001, and MT192 without a
schema. A schema is compiled once. The target is 1 ms for camt.056 written and checked by both. A message of
2,000 payments is timed once. The last line is `key=value`.
"""

import statistics
import sys
import time
import uuid
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

from entente.match.banking import auth, camt029, camt056, mt_reading, reading
from entente.match.banking.auth import Inquiry, Search
from entente.match.banking.camt029 import Answer
from entente.match.banking.camt056 import Recall
from entente.match.banking.documents import against_schema
from entente.match.banking.payments import Agent, End, Original

SHARED = Path(__file__).parents[2] / "shared" / "data" / "payments" / "iso20022" / "xsd"
NOW = datetime(2026, 11, 29, 9, tzinfo=UTC)
PAYER = End("Ana Torres", "XA", "XA080001234567890", agent=Agent("XABKXA2L"))
PAYEE = End("Mule Ltd", "XB", account="0009876543", scheme="BBAN", agent=Agent("XBBKXB2L"))


def recall() -> Recall:
    """A recall with a reference of its own, so that nothing of it was checked before."""
    original = Original("M1", "pacs.008.001.08", "I1", "E1", "T1", str(uuid.uuid4()))
    return Recall(
        assignment="ENT-2026-000001",
        case="CASE-1",
        assigner=PAYER.agent,
        assignee=PAYEE.agent,
        created=NOW,
        reason="FRAD",
        original=original,
        amount=4125000,
        currency="EUR",
        settled=date(2026, 11, 28),
        debtor=PAYER,
        creditor=PAYEE,
        information=("business e-mail compromise", "money expected on the payee's account"),
    )


def timed(work: Callable[[], object], rounds: int) -> tuple[float, float]:
    """Median and 95th percentile, in milliseconds."""
    took = []
    for _ in range(rounds):
        start = time.perf_counter()
        work()
        took.append((time.perf_counter() - start) * 1e3)
    return statistics.median(took), statistics.quantiles(took, n=20)[-1]


def main() -> None:
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 500
    schemas = {path.stem: path.read_bytes() for path in SHARED.glob("*.xsd")} if SHARED.exists() else {}
    one = recall()
    answer = Answer(
        "ANS-1", "CASE-1", one.assignee, one.assigner, NOW, "RJCR", "RJCR", ("AM04",), original=one.original
    )
    inquiry = Inquiry(
        "INV-1",
        "Code of procedure, section 94",
        True,
        date(2026, 11, 1),
        date(2026, 11, 29),
        Search(account=PAYEE, currency="EUR", asked=("owner",)),
    )
    written, answered = camt056.write(one), camt029.write(answer)
    fin = mt_reading.write_mt192(replace(one, original=replace(one.original, kind="MT103"))).encode()

    def whole() -> None:
        data = camt056.write(recall())
        camt056.read(data, NOW)
        against_schema(data, schemas)

    def asked() -> None:
        data = auth.write(inquiry)
        auth.read(data, NOW)
        against_schema(data, schemas)

    for name in ("camt.056.001.08", "camt.029.001.09", "auth.001.001.01"):
        against_schema(
            written.replace(b"camt.056.001.08", name.encode()), schemas
        )  # compiled before the clock
    steps: dict[str, Callable[[], object]] = {
        "camt056_write": lambda: camt056.write(recall()),
        "camt056_rules": lambda: camt056.read(written, NOW),
        "camt056_schema": lambda: against_schema(written, schemas),
        "camt056_whole": whole,
        "auth001_whole": asked,
        "camt029_read": lambda: camt029.read(answered, NOW),
        "mt192_read": lambda: reading.read(fin, NOW),
    }
    print(f"schemas: {len(schemas)}{'' if schemas else ' (not here: our own rules alone are timed)'}")
    print(f"{'ms':16} {'median':>8} {'p95':>8}")
    told = {}
    for name, work in steps.items():
        timed(work, 20)
        told[name] = timed(work, rounds)
        print(f"{name:16} {told[name][0]:8.3f} {told[name][1]:8.3f}")
    many = [recall() for _ in range(camt056.MOST_PAYMENTS)]
    start = time.perf_counter()
    data = camt056.write(*many)
    between = time.perf_counter()
    count = len(camt056.read(data, NOW))
    end = time.perf_counter()
    wrote, read = between - start, end - between
    print(f"{count} payments in {len(data):,} bytes: written {wrote:.2f} s, read {read:.2f} s")
    pairs = {f"{name}_ms": f"{median:.3f}" for name, (median, _) in told.items()}
    pairs |= {
        "camt056_whole_p95_ms": f"{told['camt056_whole'][1]:.3f}",
        "payments": str(count),
        "payments_read_s": f"{read:.2f}",
        "schemas": str(len(schemas)),
    }
    print(" ".join(f"{name}={value}" for name, value in pairs.items()))


if __name__ == "__main__":
    main()
