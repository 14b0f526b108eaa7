"""What is told when a value can be read in two ways: both, and nothing is chosen."""


class TwoReadings(ValueError):
    """A value with more than one meaning. `choices`: each as it would be kept; the message names them and
    reads after the value ("may be ... or ...")."""

    def __init__(self, reason: str, choices: tuple[str, ...]) -> None:
        super().__init__(reason)
        self.choices = choices
