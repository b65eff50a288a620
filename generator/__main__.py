"""The command ``paperfolio``, and ``python -m generator``."""

import contextlib
import gc
import os
import sys
from typing import NoReturn

gc.disable()  # what is imported stays, so that nothing is found by looking for garbage meanwhile
from generator import cli  # noqa: E402

gc.enable()


def main() -> NoReturn:
    """Run the command line and leave with its exit code.

    Taking apart all that was made, object by object, would be a tenth of the time of a short command; the system does
    it at once. A bug of ours leaves as Python does, with its traceback.
    """
    try:
        cli.main()
    except SystemExit as stop:
        code = stop.code
    for stream in (sys.stdout, sys.stderr):
        with contextlib.suppress(OSError):  # nobody is left to be told
            stream.flush()
    os._exit(code if isinstance(code, int) else 0)


if __name__ == "__main__":
    main()
