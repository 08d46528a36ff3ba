"""``python -m kpi …``: the command line, which is `kpi.cli`."""

import sys

from kpi.cli.app import main

if __name__ == "__main__":
    sys.exit(main())
