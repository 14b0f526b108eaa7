"""The rooms: one folder a capability, each with the same file names and a paragraph at its door.

Ground floor, in order, each may use those before it: bureaus, records, search.
"""
