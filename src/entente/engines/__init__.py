"""The seams: what the house asks of its engines, in its own words. See seams.py."""
