"""Closed lists of the reports room and what people call them."""
