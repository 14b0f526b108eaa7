"""Entente: police cooperation across borders, where the owner of a record decides who sees it."""

__version__ = "0.1.0"
