"""Figures over many records: series and their breaks, surges, flows, propensities, risk, small numbers.

Pure functions of the columns they are handed, so that what an asker may not see moves nothing; thresholds
are fixed tables, never trained on his data, and what is drawn by chance is drawn from a seed. Each has an
exact slow twin in plain Python (in the tests, or beside it as `..._slow`). Works alone:

    period = series.periods(days, "month", precision)             # (N,) int32, series.UNKNOWN where not said
    table = series.counts(group, period, weight=None, until=day)  # .groups (S,) .values (S, T) .complete (T,)
    found = breaks.scan(table.whole(), exposure=None)             # .place .before .after .ratio .p .found
    every = breaks.several(table.whole())                         # one row a break: .series .place ...
    common = artefacts.common(every, family, scope)               # .flagged (B,) .sharing .of .chance
    expected = artefacts.two_way(values, country, goods)          # (S, T) exposure where none is known
    risen = surges.surges(group, period, at)                      # .group .seen .expected .p .q .found .rows
    new = surges.first_seen(group, period, at)                    # .group .seen .rows
    year = seasons.seasons(table.whole(), table.first)            # .factors (S, 12) .strength .said
    way = flows.table([origin, transit1, destination], quantity, value)   # .keys (K, 3) .count .quantity
    part = flows.roles(origin, transits, destination, weight)     # .country .source .transit .sink .hub ...
    gtric = propensity.index(seized, share, imported)             # products or economies; propensity.cells
    effect = effects.difference(outcome, unit, period, treated)   # .effect .error .t .p .low .high .placebo
    points = risk.learn(features, hit, day, split)                # .points; points.score(features) -> (N,)
    risk.lift(score, hit, share=0.05); risk.control(n, share=0.02, seed=7)
    hot = hotspots.hotspots(values, pairs)                        # .z .p .q .hot
    gap = mirror.gaps(corridor, importer, exporter)               # .corridor .both .equal .score ...
    hidden = small.hide(counts)                                   # (R, C) counts -> which may not be shown
"""
