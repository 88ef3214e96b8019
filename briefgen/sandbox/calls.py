"""What a template may give to a function that it calls."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from inspect import signature

from jinja2.runtime import Undefined
from markupsafe import Markup

from briefgen.sandbox.budget import LONGEST_LIST
from briefgen.sandbox.values import kind
from briefgen.slots import Mistake, Words

_OF_JINJA = ("_loop_vars", "_block_vars")
"""Arguments of its own that are passed on as they are."""


def numbers(*bounds: int) -> range:
    """`range(…)`, of a length that can be gone through."""
    if not bounds or not all(type(bound) is int for bound in bounds) or len(bounds) > 3 or bounds[2:] == (0,):
        raise Mistake("wrong-value", "range() takes one to three whole numbers", needle="range")
    span = range(*bounds)
    try:
        too_long = len(span) > LONGEST_LIST
    except OverflowError:
        too_long = True
    if too_long:
        raise Mistake("template-too-long", f"range() goes to {LONGEST_LIST:,} numbers at most", needle="range")
    return span


def plain_arguments(
    function: Callable[..., object], args: tuple[object, ...], kwargs: dict[str, object]
) -> tuple[tuple[object, ...], dict[str, object]]:
    """The arguments of a call of ours: plain values and tuples of text, in the number and by the names it takes."""
    name = getattr(function, "__name__", "")
    name = {"numbers": "range", "label": "t"}.get(name, name)

    def plain(value: object) -> object:
        match value:
            case Undefined():
                return str(value)  # says what is missing
            case Markup():
                raise Mistake("text-from-macro", f"{kind(value)} cannot be given to {name}()", needle=name)
            case Words():
                return value.text
            case str() | int() | Decimal() | date() | None:
                return value
            case list() | tuple() if all(isinstance(inner, str) for inner in value):
                return tuple(value)
            case _:
                raise Mistake("wrong-arguments", f"{name}() cannot take {kind(value)}", needle=name)

    args = tuple(plain(value) for value in args)
    own = {key: value for key, value in kwargs.items() if key in _OF_JINJA}
    kwargs = {key: plain(value) for key, value in kwargs.items() if key not in own}
    try:
        signature(function).bind(*args, **kwargs)
    except TypeError as error:
        raise Mistake("wrong-arguments", f"{name}(): {error}", needle=name) from None
    except ValueError:
        pass  # a method of text, which has no signature: Python will say
    return args, kwargs | own
