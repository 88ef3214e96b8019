"""The Jinja environment that fills one template."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import jinja2
from jinja2 import TemplateSyntaxError, nodes
from jinja2.lexer import TokenStream
from jinja2.runtime import BlockReference, Context, LoopContext, Macro, Undefined
from jinja2.sandbox import ImmutableSandboxedEnvironment
from jinja2.tests import TESTS as OF_JINJA
from markupsafe import Markup

from briefgen.document import Origin
from briefgen.errors import BriefgenError, Location
from briefgen.locales import Locale
from briefgen.records import FORBIDDEN
from briefgen.sandbox.budget import LONGEST_LIST, Budget
from briefgen.sandbox.calls import numbers, plain_arguments
from briefgen.sandbox.filters import FILTERS, TESTS, guarded
from briefgen.sandbox.folders import Folders
from briefgen.sandbox.missing import KNOWN, Missing
from briefgen.sandbox.mistakes import Known, problem_of
from briefgen.sandbox.rewriting import Rewriting, line_marked
from briefgen.sandbox.values import iterated, kind
from briefgen.slots import Cite, Handle, Mistake, Series, Slots, Words, slot_of

_LARGEST_NUMBER_IN_BITS = 256


class Sandbox(ImmutableSandboxedEnvironment):
    """Jinja for templates; one environment fills one template.

    Args:
        slots: takes what is printed.
        folders: of templates; `include` and `extends` look in the first, then the next.
        locale: for dates.
        budget: what the template may take and print.
    """

    intercepted_binops = frozenset({"+", "-", "*", "/", "//", "%", "**"})

    def __init__(self, slots: Slots, folders: Sequence[Path], locale: Locale, budget: Budget) -> None:
        self.texts: dict[Path, str] = {}
        """Every file read for the template, as Jinja saw it."""
        self.files = Folders(folders, self.texts)
        super().__init__(
            loader=self.files,
            undefined=Missing,
            autoescape=True,
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
            auto_reload=False,
        )
        self.slots = slots
        self.locale = locale
        self.budget = budget
        self._places: list[Location] = []
        self._offered: list[Callable[..., object]] = []
        self.filters = {name: guarded(name, filter, budget) for name, filter in FILTERS.items()}
        self.tests = {name: OF_JINJA[name] for name in TESTS}
        self.globals = {}
        self.offer({"range": numbers})

    def offer(self, functions: Mapping[str, Callable[..., object]]) -> None:
        """Let templates call these functions, by these names."""
        self.globals.update(functions)
        self._offered.extend(functions.values())

    def fill(self, path: Path, text: str, variables: Mapping[str, object]) -> str:
        """Fill the text of a template's file.

        Args:
            path: for places; the text's lines must be the file's.
            variables: by the names that the template knows them by.

        Returns:
            Markdown with slots and line marks.

        Raises:
            BriefgenError: everything that a template can do wrong, with its place in the file at fault.
        """
        self.texts.setdefault(path, text)
        try:
            code = self.compile(text, path.name, str(path))
            template = jinja2.Template.from_code(self, code, self.make_globals(None))
            return template.render(variables)
        except Exception as error:
            known = Known((*variables, *KNOWN), tuple(self.filters), tuple(self.tests), self.files.list_templates)
            problem = problem_of(error, path, self.texts, known)
            if problem is None:
                raise  # ours, not the template's
            raise BriefgenError(problem) from error

    # -- what the rewritten tree calls ---------------------------------------------------------------------

    def written(self, text: str) -> Markup:
        """A piece of the template's own text."""
        self.budget.spend(1, len(text))
        return Markup(text)

    def printed(self, value: object, place: int) -> Markup:
        """Whatever stands between `{{` and `}}`: a token, or text that macros and `set` blocks have filled already."""
        if isinstance(value, Markup):
            self.budget.spend(1, len(value))
            return value
        slot = value if isinstance(value, Handle | Series | Cite | Words) else Words(self._text(value))
        if isinstance(slot, Words):
            if not slot.text:
                return Markup("")
            if bad := FORBIDDEN.search(slot.text):
                message = f"the printed text holds the character U+{ord(bad[0]):04X}, which is not allowed"
                raise Mistake("forbidden-character", message, "remove it where the text comes from")
            self.budget.spend(1, len(slot.text))
        token = self.slots.token(slot_of(slot), self._places[place])
        self.budget.spend(1, len(token))
        return Markup(token)

    def authored(self, text: str, place: int) -> Markup:
        """A string that stands in the template itself: `{{ "{{" }}`."""
        return self.printed(Words(text, Origin.AUTHOR), place)

    def counted(self, values: Iterable[object]) -> Iterator[object]:
        """The values of a loop, each paid for."""
        return self.budget.paid(iterated(values))

    def joined(self, *values: object) -> object:
        """`a ~ b`: text of text; with filled text among it, each other value becomes a slot of its own."""
        if any(isinstance(value, Handle | Series | Cite) for value in values):
            str(next(value for value in values if isinstance(value, Handle | Series | Cite)))  # says why not
        if any(isinstance(value, Markup) for value in values):
            message = "text from a macro or a `set` block cannot be joined to other text with `~`"
            raise Mistake("text-from-macro", message, "print them one after the other: {{ a }}{{ b }}")
        text = "".join([self._text(value) for value in values])
        return self.budget.text(text)

    def compared(self, value: object) -> object:
        """One side of a comparison; a long list costs what comparing it takes."""
        if isinstance(value, list | tuple | dict | str):
            self.budget.spend(1 + len(value) // 100)
        return value

    def element(self, value: object) -> object:
        """An element of a list that the template makes."""
        return self.budget.element(value)

    # -- Jinja's own hooks ---------------------------------------------------------------------------------

    def _tokenize(
        self, source: str, name: str | None, filename: str | None = None, state: str | None = None
    ) -> TokenStream:
        stream = super()._tokenize(source, name, filename, state)
        return TokenStream(line_marked(stream, self.slots, Path(filename or "")), name, filename)

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        if bad := FORBIDDEN.search(source):
            message = f"the template holds the character U+{ord(bad[0]):04X}, which is not allowed"
            raise TemplateSyntaxError(message, source.count("\n", 0, bad.start()) + 1, name, filename)
        tree = super()._parse(source, name, filename)
        Rewriting(self, self.place, source, Path(filename or ""), name).all(tree)
        return tree

    def place(self, location: Location) -> int:
        """The number under which `printed` finds a place."""
        self._places.append(location)
        return len(self._places) - 1

    def join_path(self, template: str, parent: str) -> str:
        self.budget.spend(20)
        return template

    def is_safe_callable(self, obj: object) -> bool:
        if isinstance(obj, Macro | BlockReference | LoopContext):
            return True
        if any(obj is function for function in self._offered):
            return True
        owner, name = getattr(obj, "__self__", None), getattr(obj, "__name__", "")
        match owner:
            case None:
                return False
            case Sandbox():
                return owner is self
            case Handle():
                return name in ("part", "rounded")
            case LoopContext():
                return name in ("cycle", "changed")
            case _:
                return isinstance(owner, str) and name in ("startswith", "endswith")

    def call(__self, __context: Context, __obj: Any, *args: Any, **kwargs: Any) -> Any:
        __self.budget.spend()
        if isinstance(__obj, Undefined):
            str(__obj)  # says what is missing
        if not __self.is_safe_callable(__obj):
            known = ", ".join(sorted(__self.globals))
            raise Mistake("forbidden-in-template", "a template cannot call this", f"it can call {known}, and macros")
        if any(__obj is function for function in __self._offered) or isinstance(
            getattr(__obj, "__self__", None), Handle | str
        ):
            args, kwargs = plain_arguments(__obj, args, kwargs)
        return __context.call(__obj, *args, **kwargs)

    def call_binop(self, context: Context, operator: str, left: Any, right: Any) -> Any:
        self.budget.spend()
        for value in (left, right):
            if isinstance(value, Handle | Series | Cite | Undefined):
                str(value)  # says why not
        numbers = all(isinstance(value, int | float | Decimal) for value in (left, right))
        lists = all(isinstance(value, list | tuple) for value in (left, right))
        if operator == "+" and lists and type(left) is type(right):
            if len(left) + len(right) > LONGEST_LIST:
                raise Mistake("template-too-long", f"a list of more than {LONGEST_LIST:,} elements")
            self.budget.spend((len(left) + len(right)) // 10)
            return left + right
        if not numbers:
            hint = (
                "join text with `~`" if operator == "+" else "a template calculates with whole and decimal numbers only"
            )
            message = f"`{operator}` between {kind(left)} and {kind(right)}"
            raise Mistake("wrong-operand", message, hint, needle=operator)
        if operator == "**" and (not isinstance(right, int) or abs(right) > 64 or abs(left) > 10**6):
            raise Mistake("wrong-operand", "a power as large as this", needle="**")
        try:
            result = self.binop_table[operator](left, right)
        except (ArithmeticError, TypeError) as error:
            raise Mistake("wrong-operand", f"`{operator}`: {error}", needle=operator) from None
        if isinstance(result, int) and result.bit_length() > _LARGEST_NUMBER_IN_BITS:
            raise Mistake("wrong-operand", "a number as large as this", needle=operator)
        return result

    # -- inside --------------------------------------------------------------------------------------------

    def _text(self, value: object) -> str:
        """What a plain value prints."""
        match value:
            case Undefined():
                str(value)  # says what is missing
            case Handle() | Series() | Cite():
                str(value)  # says why not
            case Words():
                return value.text
            case bool() | None:
                what = "nothing (`none`)" if value is None else f"`{str(value).lower()}`"
                raise Mistake(
                    "not-printable", f"{what} has no words to print", "choose words: {{ 'yes' if x else 'no' }}"
                )
            case str():
                return value
            case int() | float() | Decimal():
                return f"{value:f}" if isinstance(value, Decimal) else str(value)
            case date():
                return self.locale.date(value)
            case _:
                pass
        hint = "loop over it: {% for x in … %}" if isinstance(value, list | tuple) else "print one of its fields"
        raise Mistake("not-printable", f"{kind(value)} cannot be printed", hint)
