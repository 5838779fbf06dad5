"""Runs the commands: `docgen`, or `python -m docgen`."""

from __future__ import annotations

import gc
import os
import sys
import threading
from contextlib import suppress

YOUNG = 50_000  # objects that are made before Python looks for those that only know each other; few ever do here


def run() -> None:
    """Run the command that was typed and end the program.

    All is on disk and said by then: to take each of some hundred thousand objects apart would take a tenth of the time
    of a short command. Where threads of others still run, Python ends as it always does.
    """
    gc.set_threshold(YOUNG)
    from docgen.cli import main  # noqa: PLC0415 - what is loaded is not looked through either

    try:
        main()
    except SystemExit as end:
        if threading.active_count() > 1 or not isinstance(end.code, int):
            raise
        with suppress(OSError):
            if sys.stderr:
                sys.stderr.flush()
        os._exit(end.code)


if __name__ == "__main__":
    run()
