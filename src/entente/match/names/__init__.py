"""Names: folded (`fold`), spelled as index keys (`keys`), laid on each other (`compare`)."""
