"""`python -m e2b`."""

import sys

from e2b.cli import main

if __name__ == "__main__":
    sys.exit(main())
