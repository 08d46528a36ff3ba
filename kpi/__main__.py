"""``python -m kpi …``: the command line, which is `kpi.cli`."""

import sys

from kpi.cli.start import start

if __name__ == "__main__":
    sys.exit(start())
