"""The tables and breaks of `benchmarks.trends` by pandas, ruptures and statsmodels; runs in .venv-peers.

    python -m benchmarks.trends_peers COLUMNS.npz

Writes places.npz beside the columns (the first break of each planted series, -1 for none), and as its last
line CPU seconds. Breaks are sought in the square roots of the counts (Anscombe 1948), so that their spread is
alike; the penalty is 3 ln(months) for a spread of 1, the usual one of the Bayesian criterion for two
parameters and a place.
"""

import json
import sys
import time
from pathlib import Path

import numpy as np
import pandas as pd
import ruptures as rpt
import statsmodels.formula.api as smf

PELT_ON = 40


def kernel(table: np.ndarray) -> list[int]:
    penalty = 3 * np.log(table.shape[1])
    found = []
    for row in 2 * np.sqrt(table + 3 / 8):
        places = rpt.KernelCPD(kernel="linear", min_size=3).fit(row).predict(pen=penalty)
        found.append(places[0] if len(places) > 1 else -1)
    return found


def pelt(table: np.ndarray) -> list[int]:
    penalty = 3 * np.log(table.shape[1])
    found = []
    for row in 2 * np.sqrt(table + 3 / 8):
        places = rpt.Pelt(model="l2", min_size=3, jump=1).fit(row).predict(pen=penalty)
        found.append(places[0] if len(places) > 1 else -1)
    return found


def main() -> None:
    path = Path(sys.argv[1])
    given = np.load(path)
    frame = pd.DataFrame(
        {n: given[n] for n in ("origin", "transit", "destination", "group", "day", "quantity")}
    )
    told: dict[str, float] = {}

    def timed(name: str, work, times: int = 1, share: float = 1.0):
        best = float("inf")
        for _ in range(times):
            begun = time.process_time()
            made = work()
            best = min(best, time.process_time() - begun)
        told[f"{name}_s"] = best / share
        return made

    timed(
        "pandas_flows",
        lambda: (
            frame.groupby(["origin", "transit", "destination"])["quantity"]
            .agg(["size", "sum"])
            .sort_values("size", ascending=False)
        ),
        3,
    )

    def months() -> pd.DataFrame:
        when = pd.to_datetime(frame["day"], unit="D").dt.to_period("M")
        return frame.groupby(["group", when]).size().unstack(fill_value=0)

    timed("pandas_series", months)
    table = given["table"]
    timed("kernel", lambda: kernel(table))
    timed("pelt", lambda: pelt(table[:PELT_ON]), share=PELT_ON / len(table))
    sets = [name for name in given.files if name.startswith("set_")]
    places = {f"{how.__name__}_{name[4:]}": how(given[name]) for name in sets for how in (kernel, pelt)}
    np.savez(path.parent / "places.npz", **places)
    unit, period = np.indices((200, 120)).reshape(2, -1)
    treated = ((unit < 50) & (period >= 60)).astype(float)
    y = np.random.default_rng(1).normal(size=len(unit)) + treated
    panel = pd.DataFrame({"y": y, "u": unit, "s": period, "d": treated})
    timed(
        "statsmodels_effect",
        lambda: smf.ols("y~C(u)+C(s)+d", panel).fit(cov_type="cluster", cov_kwds={"groups": panel.u}),
    )
    print(json.dumps(told))


if __name__ == "__main__":
    main()
