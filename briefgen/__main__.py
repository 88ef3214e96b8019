"""`python -m briefgen` is the command `briefgen`."""

import sys

from briefgen.cli import main

sys.exit(main())
