"""Figures over the seizures that an asker may see: flows, series and their breaks, surges, hot spots, risk.

Everything is counted anew for each asker, inside his view, from columns that no other bureau's hidden record
can move. Each figure says what it was asked, when, over how many seizures, and what it leaves out.
"""
