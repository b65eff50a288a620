"""Two folders change places: in one step where the system can do that, else in two."""

import contextlib
import errno
import os
import shutil
import sys


def at_once(first: str, second: str) -> bool:
    """Let two folders change places in one step; False where the system cannot do that. Raises OSError."""
    if sys.platform == "win32":
        return False
    import ctypes

    library = ctypes.CDLL(None, use_errno=True)
    paths, swap = (os.fsencode(first), os.fsencode(second)), ctypes.c_uint(2)
    try:
        if sys.platform == "darwin":
            failed = library.renamex_np(*paths, swap)  # RENAME_SWAP
        else:
            here = -100  # AT_FDCWD
            failed = library.renameat2(here, paths[0], here, paths[1], swap)  # RENAME_EXCHANGE
    except AttributeError:  # an old C library
        return False
    if not failed:
        return True
    code = ctypes.get_errno()
    if code in (errno.EINVAL, errno.ENOSYS, errno.ENOTSUP, errno.EOPNOTSUPP):
        return False
    raise OSError(code, os.strerror(code), second)


def in_two_steps(spare: str, output: str, aside: str) -> None:
    """Let two folders change places by way of ``aside``. Between the steps there is no ``output``.

    That is the only such moment; ``mend`` brings the old folder back after an accident in it. Raises OSError.
    """
    os.rename(output, aside)
    try:
        os.rename(spare, output)
    except OSError:
        os.rename(aside, output)
        raise
    with contextlib.suppress(OSError):
        os.rename(aside, spare)


def mend(output: str, aside: str) -> None:
    """Complete what was killed between two steps: the old folder comes back, or is deleted where the new one stands."""
    if os.path.lexists(aside):
        if os.path.lexists(output):
            shutil.rmtree(aside)
        else:
            os.rename(aside, output)
