"""A Jinja environment in which a template can print, repeat and choose, and nothing else, and not for ever.

Everything a template prints goes through `printed`, everything it repeats through `counted`, everything it calls
through `call`; the tree of a template is rewritten so that there is no way round. Each step and each character is
paid for from a budget, without clocks, alarms or threads, so the same template always ends at the same place.
Reviewed ways out, each closed below: attribute walks, calls of anything not offered, string formatting, repetition
and powers, nested lists that compare for ever, filters that pad or join, recursion, `include` and `extends` outside
the templates' folders, and text that would become Markdown without passing a slot.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import wraps
from inspect import signature
from pathlib import Path, PurePosixPath
from traceback import walk_tb
from types import GeneratorType
from typing import Any

import jinja2
from jinja2 import BaseLoader, StrictUndefined, TemplateAssertionError, TemplateNotFound, TemplateSyntaxError, nodes
from jinja2.exceptions import SecurityError
from jinja2.ext import Extension
from jinja2.filters import FILTERS
from jinja2.lexer import Token, TokenStream
from jinja2.runtime import BlockReference, Context, LoopContext, Macro, Undefined
from jinja2.sandbox import ImmutableSandboxedEnvironment
from jinja2.tests import TESTS
from jinja2.utils import missing
from markupsafe import Markup

from briefgen.document import Origin
from briefgen.errors import BriefgenError, Location, Problem
from briefgen.locales import Locale
from briefgen.records import FORBIDDEN, read_text
from briefgen.slots import RESERVED, Cite, Handle, Mistake, Series, Slots, Words, did_you_mean, lacking, slot_of

STEPS = 100_000
CHARACTERS = 400_000
"""What one template may take and print: some hundred times what a long dossier needs."""

_LONGEST_TEXT = 50_000
_LONGEST_LIST = 10_000
_LARGEST_NUMBER_IN_BITS = 256
_LARGEST_ARGUMENT = 100
_PACKAGE = Path(__file__).parent
_FRONT_MATTER = re.compile(r"---[ \t]*\n(?:.*\n)*?(?:---|\.\.\.)[ \t]*(?:\n|$)")


@dataclass(slots=True)
class Budget:
    """What is left of the steps and characters of one template."""

    steps: int = STEPS
    characters: int = CHARACTERS

    def spend(self, steps: int = 1, characters: int = 0) -> None:
        """Pay for some work.

        Raises:
            Mistake: nothing is left.
        """
        self.steps -= steps
        self.characters -= characters
        if self.steps < 0:
            hint = "shorten its loops; they may be endless or nested too deeply"
            raise Mistake("template-too-long", f"the template takes more than {STEPS:,} steps", hint)
        if self.characters < 0:
            hint = "shorten its loops, or what they print"
            raise Mistake("template-too-long", f"the template prints more than {CHARACTERS:,} characters", hint)


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
        super().__init__(
            loader=_Folders(folders, self),
            undefined=_Missing,
            autoescape=True,
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
            extensions=[_LineMarks],
            auto_reload=False,
        )
        self.slots = slots
        self.locale = locale
        self.budget = budget
        self.texts: dict[Path, str] = {}
        """Every file read for the template, as Jinja saw it."""
        self._places: list[Location] = []
        self._offered: list[Callable[..., object]] = []
        self.filters = {name: self._guarded(name, filter) for name, filter in _FILTERS.items()}
        self.tests = {name: TESTS[name] for name in _TESTS}
        self.globals = {}
        self.offer({"range": self._range})

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
            problem = self._problem(error, path, variables)
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
        return self._paid(_iterator(values))

    def joined(self, *values: object) -> object:
        """`a ~ b`: text of text; with filled text among it, each other value becomes a slot of its own."""
        if any(isinstance(value, Handle | Series | Cite) for value in values):
            str(next(value for value in values if isinstance(value, Handle | Series | Cite)))  # says why not
        if any(isinstance(value, Markup) for value in values):
            message = "text from a macro or a `set` block cannot be joined to other text with `~`"
            raise Mistake("text-from-macro", message, "print them one after the other: {{ a }}{{ b }}")
        text = "".join([self._text(value) for value in values])
        return self._bounded(text)

    def compared(self, value: object) -> object:
        """One side of a comparison; a long list costs what comparing it takes."""
        if isinstance(value, list | tuple | dict | str):
            self.budget.spend(1 + len(value) // 100)
        return value

    def element(self, value: object) -> object:
        """An element of a list that the template makes. Lists nest once: deeper ones could take for ever to compare."""
        if isinstance(value, dict) or (
            isinstance(value, list | tuple) and any(isinstance(inner, list | tuple | dict) for inner in value)
        ):
            raise Mistake("nested-too-deeply", "lists and mappings of a template nest only once")
        if isinstance(value, list | tuple):
            self.budget.spend(1 + len(value) // 10)
        return value

    # -- Jinja's own hooks ---------------------------------------------------------------------------------

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        if bad := FORBIDDEN.search(source):
            message = f"the template holds the character U+{ord(bad[0]):04X}, which is not allowed"
            raise TemplateSyntaxError(message, source.count("\n", 0, bad.start()) + 1, name, filename)
        tree = super()._parse(source, name, filename)
        _Rewriting(self, source, Path(filename or ""), name).all(tree)
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
            args, kwargs = _plain_arguments(__obj, args, kwargs)
        return __context.call(__obj, *args, **kwargs)

    def call_binop(self, context: Context, operator: str, left: Any, right: Any) -> Any:
        self.budget.spend()
        for value in (left, right):
            if isinstance(value, Handle | Series | Cite | Undefined):
                str(value)  # says why not
        numbers = all(isinstance(value, int | float | Decimal) for value in (left, right))
        lists = all(isinstance(value, list | tuple) for value in (left, right))
        if operator == "+" and lists and type(left) is type(right):
            if len(left) + len(right) > _LONGEST_LIST:
                raise Mistake("template-too-long", f"a list of more than {_LONGEST_LIST:,} elements")
            self.budget.spend((len(left) + len(right)) // 10)
            return left + right
        if not numbers:
            hint = (
                "join text with `~`" if operator == "+" else "a template calculates with whole and decimal numbers only"
            )
            message = f"`{operator}` between {_kind(left)} and {_kind(right)}"
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
        raise Mistake("not-printable", f"{_kind(value)} cannot be printed", hint)

    def _bounded(self, text: str) -> str:
        if len(text) > _LONGEST_TEXT:
            raise Mistake("template-too-long", f"a text of more than {_LONGEST_TEXT:,} characters")
        self.budget.spend(1 + len(text) // 100)
        return text

    def _paid(self, values: Iterator[object]) -> Iterator[object]:
        for value in values:
            self.budget.spend()
            yield value

    def _range(self, *bounds: int) -> range:
        if not bounds or not all(type(bound) is int for bound in bounds) or len(bounds) > 3 or bounds[2:] == (0,):
            raise Mistake("wrong-value", "range() takes one to three whole numbers", needle="range")
        span = range(*bounds)
        try:
            too_long = len(span) > _LONGEST_LIST
        except OverflowError:
            too_long = True
        if too_long:
            raise Mistake("template-too-long", f"range() goes to {_LONGEST_LIST:,} numbers at most", needle="range")
        return span

    def _guarded(self, name: str, function: Callable[..., Any]) -> Callable[..., Any]:
        """A filter that pays for its input and output, and never lets filled text and plain text mix."""

        @wraps(function)
        def guarded(*args: Any, **kwargs: Any) -> Any:
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
                    self.budget.spend(1 + len(argument) // 10)
                    if isinstance(argument, list | tuple):
                        for inner in argument:
                            self.element(inner)
            result = function(*args, **kwargs)
            if isinstance(result, GeneratorType):
                return self._paid(result)
            if isinstance(result, list | tuple | str):
                self.budget.spend(1 + len(result) // 10)
            return self._bounded(result) if isinstance(result, str) and not isinstance(result, Markup) else result

        return guarded

    def _problem(self, error: Exception, path: Path, variables: Mapping[str, object]) -> Problem | None:
        """What a template did wrong, from the error that ended it; None for a mistake of our own."""
        inside = [(frame.f_code.co_filename, line) for frame, line in walk_tb(error.__traceback__)]
        names = {str(file): file for file in self.texts}
        frames = [(names[file], line) for file, line in inside if file in names]
        file, line = frames[-1] if frames else (path, None)
        hints: tuple[str, ...]
        match error:
            case Mistake():
                hints = error.hints
                if str(error) == f"`{error.needle}` is not defined":
                    hints = did_you_mean(error.needle, [*variables, *_KNOWN]) or hints
                return self._located(error.code, str(error), file, line, hints, error.needle, error.subject)
            case TemplateSyntaxError():
                file, line = names.get(error.filename or "", file), error.lineno
                hints = ()
                if unknown := re.match(r"No (filter|test) named '(\w+)'", error.message or ""):
                    known = list(self.filters if unknown[1] == "filter" else self.tests)
                    hints = did_you_mean(unknown[2], known) or (f"there are {', '.join(sorted(known))}",)
                message = (error.message or "wrong syntax").rstrip(".")
                code = "unknown-filter" if unknown else "template-syntax"
                return self._located(code, message, file, line, hints, unknown[2] if unknown else "")
            case TemplateNotFound():
                name = str(error.name or error)
                hints = did_you_mean(name, self._loader_names()) or ("paths are relative to templates/",)
                message = f"there is no template file {name!r}"
                return self._located("template-not-found", message, file, line, hints, name)
            case MemoryError() | SyntaxError() | RecursionError() if line is None:
                return self._located("template-syntax", "the template is nested too deeply", file, line)
            case RecursionError():
                extends = [n for n, text in enumerate(self.texts[file].split("\n"), 1) if "{% extends" in text]
                line = extends[0] if line == 1 and extends else line  # Jinja extends from a template's first line
                hint = "a macro, an include or an extends leads back to itself"
                return self._located("template-recursion", "the template calls itself without end", file, line, (hint,))
            case SecurityError():
                return self._located("forbidden-in-template", str(error).rstrip("."), file, line)
            case _:
                if Path(inside[-1][0]).is_relative_to(_PACKAGE):
                    return None
                return self._located("template-error", str(error) or type(error).__name__, file, line)

    def _loader_names(self) -> list[str]:
        return self.loader.list_templates() if self.loader else []

    def _located(
        self,
        code: str,
        message: str,
        path: Path,
        line: int | None,
        hints: tuple[str, ...] = (),
        needle: str = "",
        subject: str | None = None,
    ) -> Problem:
        lines = self.texts.get(path, "").split("\n")
        column = None
        if needle and line is not None and line <= len(lines):
            found = re.search(rf"(?<!\w){re.escape(needle)}(?!\w)", lines[line - 1]) if needle[0].isalnum() else None
            start = found.start() if found else lines[line - 1].find(needle)
            column = start + 1 if start >= 0 else None
        return Problem(code, message, Location(path, line, column), hints=hints, subject=subject)


class _Missing(StrictUndefined):
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
                    hints = did_you_mean(str(name), _KNOWN) or ("define it with {% set … %}, or as a param",)
                    if name == "audience":
                        hints = ("the document is built without an audience: give --audience",)
                    return Mistake("undefined-name", hint or f"`{name}` is not defined", *hints, needle=str(name))
                case _:
                    return Mistake("undefined-name", hint or f"{_kind(obj)} has no `{name}`", needle=str(name))

        super().__init__(hint, obj, name, mistake)  # type: ignore[arg-type]


class _LineMarks(Extension):
    """Puts a mark at the start of each line of a template's own text, so that the reader knows where it came from."""

    def filter_stream(self, stream: TokenStream) -> Iterable[Token]:
        assert isinstance(self.environment, Sandbox)
        slots, path = self.environment.slots, Path(stream.filename or "")
        line = 0  # of the end of what came before
        for token in stream:
            if token.type != "data":
                if token.type == "variable_begin" and token.lineno > line:
                    yield Token(token.lineno, "data", slots.line_mark(Location(path, token.lineno)))
                line = token.lineno
                yield token
                continue
            first, *rest = token.value.split("\n")
            parts = [slots.line_mark(Location(path, token.lineno)) + first if token.lineno > line else first]
            parts += [slots.line_mark(Location(path, token.lineno + n)) + part for n, part in enumerate(rest, 1)]
            line = token.lineno + len(rest)
            yield Token(token.lineno, "data", "\n".join(parts))


class _Rewriting:
    """Puts the sandbox's own calls into a template's tree."""

    def __init__(self, sandbox: Sandbox, source: str, path: Path, name: str | None) -> None:
        self.sandbox = sandbox
        self.path = path
        self.name = name
        self.openings = [[found.start() for found in re.finditer(r"\{\{", line)] for line in source.split("\n")]

    def all(self, node: nodes.Node) -> None:
        """Rewrite everything below a node, in the order of the source."""
        for child in node.iter_child_nodes():
            self.all(child)
        match node:
            case nodes.Output():
                node.nodes = [self.output(child) for child in node.nodes]
            case nodes.For():
                node.iter = self.call("counted", [node.iter])
            case nodes.Compare():
                node.expr = self.call("compared", [node.expr])
                for operand in node.ops:
                    operand.expr = self.call("compared", [operand.expr])
            case nodes.List():
                node.items = [self.call("element", [child]) for child in node.items]
            case nodes.Tuple() if node.ctx == "load":
                node.items = [self.call("element", [child]) for child in node.items]
            case nodes.Dict():
                for pair in node.items:
                    pair.key, pair.value = self.call("element", [pair.key]), self.call("element", [pair.value])
            case nodes.Const(value=str() as text) if RESERVED.search(text) or FORBIDDEN.search(text):
                raise TemplateAssertionError(
                    "a text holds a character that is not allowed", node.lineno, self.name, str(self.path)
                )
            case nodes.ScopedEvalContextModifier() | nodes.FilterBlock():
                what = "autoescape" if isinstance(node, nodes.ScopedEvalContextModifier) else "filter"
                self.refuse(f"`{{% {what} %}}` is not offered", node)
            case nodes.AssignBlock() if node.filter is not None:
                self.refuse("a `set` block takes no filter", node)
            case _:
                pass
        for field_name, value in node.iter_fields():
            if isinstance(value, nodes.Concat):
                setattr(node, field_name, self.call("joined", value.nodes, value.lineno))
            elif isinstance(value, list):
                value[:] = [
                    self.call("joined", child.nodes, child.lineno) if isinstance(child, nodes.Concat) else child
                    for child in value
                ]

    def output(self, node: nodes.Expr) -> nodes.Expr:
        if isinstance(node, nodes.TemplateData):
            return self.call("written", [nodes.Const(node.data)], node.lineno)
        column = None
        if 0 < node.lineno <= len(self.openings) and self.openings[node.lineno - 1]:
            column = self.openings[node.lineno - 1].pop(0) + 1
        place = nodes.Const(self.sandbox.place(Location(self.path, node.lineno, column)))
        if isinstance(node, nodes.Const) and isinstance(node.value, str):
            return self.call("authored", [node, place], node.lineno)
        if isinstance(node, nodes.Concat):
            node = self.call("joined", node.nodes, node.lineno)
        return self.call("printed", [node, place], node.lineno)

    def call(self, name: str, arguments: list[Any], line: int | None = None) -> nodes.Call:
        line = line or arguments[0].lineno
        function = nodes.EnvironmentAttribute(name, lineno=line)
        call = nodes.Call(function, arguments, [], None, None, lineno=line)
        return call.set_environment(self.sandbox)  # type: ignore[return-value]

    def refuse(self, message: str, node: nodes.Node) -> None:
        raise TemplateAssertionError(message, node.lineno, self.name, str(self.path))


class _Folders(BaseLoader):
    """Files below the folders of templates, and nothing else."""

    def __init__(self, folders: Sequence[Path], sandbox: Sandbox) -> None:
        self.folders = folders
        self.sandbox = sandbox

    def get_source(self, environment: jinja2.Environment, template: str) -> tuple[str, str, Callable[[], bool]]:
        parts = PurePosixPath(template).parts
        if "\\" in template or ":" in template or template.startswith("/") or ".." in parts or not parts:
            hint = "paths are relative to templates/, with `/` between folders"
            raise Mistake("template-outside", f"{template!r} does not lie below templates/", hint, needle=template)
        for folder in self.folders:
            path = folder.joinpath(*parts)
            if not path.is_file():
                continue
            if not path.resolve().is_relative_to(folder.resolve()):
                raise Mistake(
                    "template-outside", f"{template!r} is a link that leads out of templates/", needle=template
                )
            problems: list[Problem] = []
            text = read_text(path, problems)
            if text is None:
                raise Mistake("template-not-found", f"{template!r}: {problems[0].message}", needle=template)
            text = without_front_matter(text) if len(parts) == 1 else text
            text = text if text.endswith("\n") else text + "\n"
            self.sandbox.texts[path] = text
            return text, str(path), lambda: True
        raise TemplateNotFound(template)

    def list_templates(self) -> list[str]:
        return sorted(
            path.relative_to(folder).as_posix()
            for folder in self.folders
            for path in folder.rglob("*.md")
            if path.name != "README.md"
        )


def without_front_matter(text: str) -> str:
    """A template's text with blank lines for its front matter, so that its lines keep their numbers."""
    front = _FRONT_MATTER.match(text)
    return text if front is None else "\n" * front[0].count("\n") + text[front.end() :]


def _iterator(values: Iterable[object]) -> Iterator[object]:
    if isinstance(values, Handle | Cite) or not hasattr(values, "__iter__"):
        raise Mistake("not-a-list", f"{_kind(values)} is no list to loop over", "give {% for %} a list: facts(…)")
    return iter(values)


def _plain_arguments(
    function: Callable[..., object], args: tuple[object, ...], kwargs: dict[str, object]
) -> tuple[tuple[object, ...], dict[str, object]]:
    """The arguments of a call of ours: plain values and tuples of text, in the number and by the names it takes."""
    name = getattr(function, "__name__", "")
    name = {"_range": "range", "label": "t"}.get(name, name)

    def plain(value: object) -> object:
        match value:
            case Undefined():
                return str(value)  # says what is missing
            case Markup():
                raise Mistake("text-from-macro", f"{_kind(value)} cannot be given to {name}()", needle=name)
            case Words():
                return value.text
            case str() | int() | Decimal() | date() | None:
                return value
            case list() | tuple() if all(isinstance(inner, str) for inner in value):
                return tuple(value)
            case _:
                raise Mistake("wrong-arguments", f"{name}() cannot take {_kind(value)}", needle=name)

    args = tuple(plain(value) for value in args)
    own = {
        key: value for key, value in kwargs.items() if key in ("_loop_vars", "_block_vars")
    }  # Jinja's, not passed on
    kwargs = {key: plain(value) for key, value in kwargs.items() if key not in own}
    try:
        signature(function).bind(*args, **kwargs)
    except TypeError as error:
        raise Mistake("wrong-arguments", f"{name}(): {error}", needle=name) from None
    except ValueError:
        pass  # a method of text, which has no signature: Python will say
    return args, kwargs | own


def _kind(value: object) -> str:
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


# ---- filters of text: Jinja's own would escape, pad or repeat it -----------------------------------------


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
    if len(value) + value.count(old) * len(new) > _LONGEST_TEXT:
        raise Mistake("template-too-long", f"a text of more than {_LONGEST_TEXT:,} characters", needle="replace")
    return value.replace(old, new)


def _join(values: Iterable[object], separator: str = "") -> str:
    if isinstance(separator, Words):
        separator = separator.text
    texts: list[str] = []
    length = 0
    for value in _iterator(values):
        text = value.text if isinstance(value, Words) else str(value) if isinstance(value, int | Decimal) else value
        if not isinstance(text, str) or isinstance(text, Markup):
            raise _not_text(text, "join")
        texts.append(text)
        length += len(text) + len(separator)
        if length > _LONGEST_TEXT:
            raise Mistake("template-too-long", f"a text of more than {_LONGEST_TEXT:,} characters", needle="join")
    return separator.join(texts)


def _not_text(value: object, name: str) -> Mistake:
    if isinstance(value, Handle | Series | Cite | Undefined):
        str(value)  # says why not
    return Mistake("wrong-operand", f"the filter `{name}` cannot take {_kind(value)}", needle=name)


_FILTERS: Mapping[str, Callable[..., Any]] = {
    name: FILTERS[name]
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
_TESTS = (
    *("defined", "undefined", "none", "string", "number", "odd", "even", "divisibleby", "in"),
    *("eq", "equalto", "==", "ne", "!=", "lt", "<", "le", "<=", "gt", ">", "ge", ">="),
)
_KNOWN = (
    *("fact", "quote", "facts", "quotes", "series", "disagreements", "source", "cite"),
    *("params", "audience", "as_of", "t", "range"),
)
