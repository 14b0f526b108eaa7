"""Pictures of figures, drawn on the server: lines, bars, and flows on a map. Each stands beside its table."""
