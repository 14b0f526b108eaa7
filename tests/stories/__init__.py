"""Stories: the whole product in a real browser, as an officer lives it. `served.py` says how it runs."""
