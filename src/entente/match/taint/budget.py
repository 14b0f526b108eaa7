"""How much following may cost: parts of payments, each one victim's money in one payment.

Many victims' money that lies together goes on together, so that a file of some thousand payments can hold
millions of parts. They are counted as they are followed: no count of payments and victims tells before how
many there will be.
"""

from dataclasses import dataclass


class TooMuch(ValueError):
    """More parts than the caller allowed; nothing is found."""


@dataclass(slots=True)
class Budget:
    """Parts that may still be looked at. One budget may be shared by several traces."""

    left: int

    def spend(self, parts: int) -> None:
        """So many were looked at. Raises TooMuch where none is left."""
        self.left -= parts
        if self.left < 0:
            raise TooMuch("more parts of payments than may be followed")
