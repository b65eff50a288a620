"""Which pages a build makes again, as their digests say, and whether that is right."""

from collections.abc import Iterable

from generator.output import Page


def made_again(before: Iterable[Page], after: Iterable[Page]) -> list[str]:
    """The addresses of pages of which the digest changed, which must be those that are not the same."""
    pairs = [*zip(before, after, strict=True)]
    assert all(old.address == new.address and old.digest for old, new in pairs)
    differ = [old.address for old, new in pairs if old.digest != new.digest]
    assert differ == [old.address for old, new in pairs if old.make() != new.make()]
    return differ
