"""A Word file as the reference for a house style: opened safely, its styles resolved, its page measured."""

from __future__ import annotations

from briefgen.reference.opening import ReferencePackage, open_reference
from briefgen.reference.taking import Given, HouseStyle, Sender, Taken

__all__ = ["Given", "HouseStyle", "ReferencePackage", "Sender", "Taken", "open_reference"]
