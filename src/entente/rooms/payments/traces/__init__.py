"""Transfers of accounts, victims' money followed through them, and how that is shown and handed over."""
