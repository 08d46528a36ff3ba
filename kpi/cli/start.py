"""
The start of a command, and its end by Ctrl-C: one sentence, wherever it was.

The signal may strike while modules are loaded, or within the database engine, which makes an error of its own of it; so
it is remembered that it came, and what becomes of it on its way out is not asked.
"""

import signal
import sys
from collections.abc import Callable
from types import FrameType

INTERRUPTED = "命令中断了；已登入日志的仍然有效，下次启动时自动补入。"
EXIT_CODE = 130  # of what was interrupted, as shells know it: 128 and the number of the signal


def _main() -> int:
    from kpi.cli.command_client import asked

    outcome = asked(sys.argv[1:])
    if outcome is not None:
        return outcome
    from kpi.cli.app import main  # takes a second or two, within which it may be interrupted

    return main()


def start(run: Callable[[], int] = _main) -> int:
    """
    Run the command that was typed, in the main thread.

    Args:
        run: What is to be run instead; it returns an exit code.

    Returns:
        The exit code: that of the command, or 130 when it was interrupted.
    """
    came, outcome = False, EXIT_CODE

    def note(number: int, frame: FrameType | None) -> None:
        nonlocal came
        came = True
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGINT, note)
    try:
        outcome = run()
    except BaseException:
        if not came:
            raise
    finally:
        signal.signal(signal.SIGINT, before)
    if came:
        print(INTERRUPTED, file=sys.stderr)
        return EXIT_CODE
    return outcome
