"""Names that are not there."""

from __future__ import annotations

from typing import Any

from jinja2 import StrictUndefined
from jinja2.exceptions import SecurityError
from jinja2.utils import missing

from briefgen.sandbox.values import Names, kind
from briefgen.slots import Handle, Mistake, did_you_mean, lacking

KNOWN = (
    *("fact", "quote", "facts", "quotes", "series", "disagreements", "source", "cite"),
    *("params", "audience", "as_of", "t", "range"),
)
"""The names that every template knows."""


class Missing(StrictUndefined):
    """A name that is not there; whatever uses it says so, with the nearest that is."""

    __slots__ = ()

    def __init__(self, hint: str | None = None, obj: Any = missing, name: str | None = None, exc: Any = None) -> None:
        def mistake(message: str) -> Mistake:
            match obj:
                case _ if exc is SecurityError or (isinstance(name, str) and name.startswith("_")):
                    message = f"a template cannot reach `{name}`"
                    return Mistake("forbidden-in-template", message, needle=str(name))
                case Handle():
                    return lacking(obj, str(name))
                case Names():
                    hints = did_you_mean(str(name), tuple(obj.values)) or (
                        f"there are {', '.join(obj.values) or 'none'}",
                    )
                    return Mistake("undefined-name", f"`{obj.what}` has no `{name}`", *hints, needle=str(name))
                case _ if obj is missing:
                    hints = did_you_mean(str(name), KNOWN) or ("define it with {% set … %}, or as a param",)
                    if name == "audience":
                        hints = ("the document is built without an audience: give --audience",)
                    return Mistake("undefined-name", hint or f"`{name}` is not defined", *hints, needle=str(name))
                case _:
                    return Mistake("undefined-name", hint or f"{kind(obj)} has no `{name}`", needle=str(name))

        super().__init__(hint, obj, name, mistake)  # type: ignore[arg-type]
