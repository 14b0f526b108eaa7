"""Messages between banks, and from authorities to banks: ISO 20022 and SWIFT FIN, read and written. Pure.

`reading.read` takes whatever came. A message is taken whole or not at all, and every fault is told at once.
"""
