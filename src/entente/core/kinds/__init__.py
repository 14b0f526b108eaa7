"""Kinds: what sorts of things there are, as data. `model/` holds one short TOML file each."""
