"""User names and passwords in web addresses: of ``https://ada:secret@example.org/`` a page would show all."""

import io
import re

from generator.errors import Place, Problems

_ADDRESS = r"""(?i)https?://[^\s/?#"<>|`()\[\]{}]+@([^\s/?#@"'<>|`()\[\]{},;]+)"""


def credentials(data: bytes, file: str, warnings: Problems, first_line: int = 1) -> bool:
    """Whether an address in a file, which is UTF-8, holds a user name or a password. It is told without them."""
    if b"@" not in data or not re.search(_ADDRESS.encode(), data):
        return False
    before = len(warnings.found)
    for number, line in enumerate(io.StringIO(data.decode("utf-8-sig"), newline=None), first_line):
        for found in re.finditer(_ADDRESS, line):
            warnings.add(
                Place(file, number, found.start() + 1),
                f"an address at {found[1].rstrip('.')[:60]} holds a user name or a password, which everybody would see",
                "leave out what stands before the @; change a password that was published",
            )
    return len(warnings.found) > before
