"""The filters and tests that templates have. Jinja's own filters of text would escape, pad or repeat it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from functools import wraps
from types import GeneratorType
from typing import Any

from jinja2.filters import FILTERS as OF_JINJA
from jinja2.runtime import Undefined
from markupsafe import Markup

from briefgen.sandbox.budget import LONGEST_TEXT, Budget
from briefgen.sandbox.values import iterated, kind
from briefgen.slots import Cite, Handle, Mistake, Series, Words

_LARGEST_ARGUMENT = 100


def guarded(name: str, function: Callable[..., Any], budget: Budget) -> Callable[..., Any]:
    """A filter that pays for its input and output, and never lets filled text and plain text mix."""

    @wraps(function)
    def paying(*args: Any, **kwargs: Any) -> Any:
        own = 1 if hasattr(function, "jinja_pass_arg") else 0  # the environment or context comes first
        value, *rest = args[own:]
        rest += kwargs.values()
        if any(isinstance(argument, Markup) for argument in rest):
            message = f"text from a macro or a `set` block cannot be given to the filter `{name}`"
            raise Mistake("text-from-macro", message, needle=name)
        if any(isinstance(argument, int) and abs(argument) > _LARGEST_ARGUMENT for argument in rest):
            message = f"the filter `{name}` takes numbers up to {_LARGEST_ARGUMENT}"
            raise Mistake("template-too-long", message, needle=name)
        for argument in (value, *rest):
            if isinstance(argument, list | tuple | dict | str | range | Series):
                budget.spend(1 + len(argument) // 10)
                if isinstance(argument, list | tuple):
                    for inner in argument:
                        budget.element(inner)
        result = function(*args, **kwargs)
        if isinstance(result, GeneratorType):
            return budget.paid(result)
        if isinstance(result, list | tuple | str):
            budget.spend(1 + len(result) // 10)
        return budget.text(result) if isinstance(result, str) and not isinstance(result, Markup) else result

    return paying


def _word_filter(name: str, change: Callable[[str], str]) -> Callable[[object], object]:
    def filter(value: object) -> object:
        if isinstance(value, Words):
            return Words(change(value.text), value.origin)
        if not isinstance(value, str):
            raise _not_text(value, name)
        return change(value)  # of filled text: filled text

    return filter


def _replace(value: object, old: str, new: str) -> str:
    if isinstance(value, Words):
        value = value.text
    if not isinstance(value, str) or isinstance(value, Markup) or not isinstance(old, str) or not isinstance(new, str):
        raise _not_text(value, "replace")
    if len(value) + value.count(old) * len(new) > LONGEST_TEXT:
        raise Mistake("template-too-long", f"a text of more than {LONGEST_TEXT:,} characters", needle="replace")
    return value.replace(old, new)


def _join(values: Iterable[object], separator: str = "") -> str:
    if isinstance(separator, Words):
        separator = separator.text
    texts: list[str] = []
    length = 0
    for value in iterated(values):
        text = value.text if isinstance(value, Words) else str(value) if isinstance(value, int | Decimal) else value
        if not isinstance(text, str) or isinstance(text, Markup):
            raise _not_text(text, "join")
        texts.append(text)
        length += len(text) + len(separator)
        if length > LONGEST_TEXT:
            raise Mistake("template-too-long", f"a text of more than {LONGEST_TEXT:,} characters", needle="join")
    return separator.join(texts)


def _not_text(value: object, name: str) -> Mistake:
    if isinstance(value, Handle | Series | Cite | Undefined):
        str(value)  # says why not
    return Mistake("wrong-operand", f"the filter `{name}` cannot take {kind(value)}", needle=name)


FILTERS: Mapping[str, Callable[..., Any]] = {
    name: OF_JINJA[name]
    for name in (
        *("batch", "count", "d", "default", "first", "groupby", "indent", "last", "length", "list", "map", "reject"),
        *("rejectattr", "reverse", "select", "selectattr", "slice", "sort", "unique"),
    )
} | {
    "upper": _word_filter("upper", str.upper),
    "lower": _word_filter("lower", str.lower),
    "trim": _word_filter("trim", str.strip),
    "replace": _replace,
    "join": _join,
}
TESTS = (
    *("defined", "undefined", "none", "string", "number", "odd", "even", "divisibleby", "in"),
    *("eq", "equalto", "==", "ne", "!=", "lt", "<", "le", "<=", "gt", ">", "ge", ">="),
)
