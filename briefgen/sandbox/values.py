"""The values that a template works with."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from markupsafe import Markup

from briefgen.slots import Cite, Handle, Mistake, Series, Words


@dataclass(frozen=True, slots=True)
class Names:
    """Plain values under a name of their own: `params`, `audience`."""

    what: str
    values: Mapping[str, object] = field(repr=False)

    def __getattr__(self, name: str) -> object:
        try:
            return self.values[name]
        except KeyError:
            raise AttributeError(name) from None


def iterated(values: Iterable[object]) -> Iterator[object]:
    """The values of what can be looped over."""
    if isinstance(values, Handle | Cite) or not hasattr(values, "__iter__"):
        raise Mistake("not-a-list", f"{kind(values)} is no list to loop over", "give {% for %} a list: facts(…)")
    return iter(values)


def kind(value: object) -> str:
    """What a value is, in the words of a message."""
    match value:
        case Markup():
            return "text from a macro or a `set` block"
        case Handle() | Series() | Cite():
            return value._name()
        case Names():
            return f"`{value.what}`"
        case Words() | str():
            return "a text"
        case bool():
            return f"`{str(value).lower()}`"
        case None:
            return "nothing (`none`)"
        case int() | float() | Decimal():
            return "a number"
        case list() | tuple() | range():
            return "a list"
        case dict():
            return "a mapping"
        case date():
            return "a date"
        case _:
            return "this"
