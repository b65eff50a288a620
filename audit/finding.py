"""What a checker says of one site."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Finding:
    """``figure`` is what was measured or counted, in a few words; ``faults`` say what is wrong, each with its page."""

    checker: str
    figure: str
    faults: tuple[str, ...] = ()
