"""The demo: one invented story in invented bureaus, with synthetic people."""
