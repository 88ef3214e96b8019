"""Evidence files → `Library`: every value with its location, all problems of all files in one run.

`loading` goes through the `files` and knows what refers to what; `sources`, `facts` and `quotes` read one entry each;
`derived` works out the calculations in the end.
"""

from __future__ import annotations

from briefgen.seeds.loading import load_library
from briefgen.seeds.values import CSL_TYPES

__all__ = ["CSL_TYPES", "load_library"]
