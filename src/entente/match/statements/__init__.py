"""Statements of payments, read: tables, camt.053, AMLSim, transactions of chains, tag packs. Pure."""
