"""A zip package as the same bytes wherever and whenever it is made."""

from __future__ import annotations

import zipfile
from io import BytesIO

_EPOCH = (1980, 1, 1, 0, 0, 0)
"""The earliest time that a zip file can state."""


def packed_anew(package: BytesIO) -> bytes:
    """The entries of a zip file in their order, without dates or traces of the machine."""
    packed = BytesIO()
    with zipfile.ZipFile(package) as source, zipfile.ZipFile(packed, "w") as target:
        for name in source.namelist():
            entry = zipfile.ZipInfo(name, _EPOCH)
            entry.create_system = 0
            entry.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(entry, source.read(name))
    return packed.getvalue()
