"""Where things are: the workspace in use, the starter that stands behind it, and the user's defaults.

A workspace is a folder with `seeds/`, `templates/` and `output/`, and perhaps a `briefgen.yaml`. The starter is the
workspace that briefgen carries: its templates, audiences and themes are there for every workspace that has none of
the same name, and `briefgen init` copies it. In a checkout of the repository the starter is the repository itself.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from briefgen.errors import BriefgenError, Location, Problem, UsageError
from briefgen.locales import LANGUAGES
from briefgen.mail_settings import MailSettings, read_mail_settings
from briefgen.records import ID, read_records

SETTINGS_FILE = "briefgen.yaml"
WORKSPACE_VARIABLE = "BRIEFGEN_WORKSPACE"
TEXTS_VARIABLE = "BRIEFGEN_TEXTS"
_DEVICES = {"con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(1, 10))}


@dataclass(frozen=True, slots=True)
class Settings:
    """What `briefgen.yaml` says; each is used where neither the command nor the template says otherwise.

    Attributes:
        output: folder that documents are written to, relative to the workspace.
        strict: whether warnings count as problems.
        sender: the `from` of documents that have one.
        contact: whom a reader turns to.
        embed_fonts: whether Word files carry their fonts.
        mail: how messages leave.
        location: of the file, None where there is none.
    """

    audience: str | None = None
    theme: str | None = None
    language: str | None = None
    output: str | None = None
    strict: bool = False
    sender: str | None = None
    contact: str | None = None
    embed_fonts: bool = True
    mail: MailSettings = field(default_factory=MailSettings)
    location: Location | None = None


@dataclass(frozen=True, slots=True)
class Workspace:
    """A workspace's folders, all absolute.

    Attributes:
        root: the folder with `seeds/`; None when no workspace was found and only the starter's templates are at hand.
        texts: folder of the sources' full texts, None when there is none.
        starter: the workspace that briefgen carries.
    """

    root: Path | None
    texts: Path | None
    starter: Path
    settings: Settings = Settings()

    @property
    def home(self) -> Path:
        """The folder with `seeds/`.

        Raises:
            UsageError: `no-workspace`.
        """
        if self.root is None:
            raise UsageError(_no_workspace("no folder with seeds/ was found here or above"))
        return self.root

    @property
    def seeds(self) -> Path:
        """The folder of evidence files."""
        return self.home / "seeds"

    @property
    def lock(self) -> Path:
        """The evidence lock (it need not exist)."""
        return self.seeds / "evidence.lock"

    @property
    def output(self) -> Path:
        """The folder that documents are written to unless told otherwise."""
        return self.home / (self.settings.output or "output")

    @property
    def templates(self) -> tuple[Path, ...]:
        """Folders of templates; what an earlier one has wins over a later one's of the same name."""
        roots = dict.fromkeys(root for root in (self.root, self.starter) if root is not None)
        return tuple(folder for root in roots if (folder := root / "templates").is_dir())

    def named(self, kind: str, suffixes: tuple[str, ...]) -> dict[str, Path]:
        """Name → file of everything of one kind, the workspace's before the starter's, sorted by name.

        Args:
            kind: folder below `templates/`: "audiences", "themes", or "" for the templates themselves.
            suffixes: of such files, with the dot.
        """
        found: dict[str, Path] = {}
        for folder in self.templates:
            for path in _files(folder / kind, suffixes):
                found.setdefault(path.stem, path)
        return dict(sorted(found.items()))

    def template_files(self) -> dict[str, Path]:
        """Name → file of every template; its words in other languages (see `translations`) are not among them."""
        named = self.named("", (".md",))
        return {name: path for name, path in named.items() if not _is_translation(name, named)}

    def translations(self, template: Path) -> dict[str, Path]:
        """Language → file of a template's words in it: `NAME.LANGUAGE.md` beside `NAME.md`.

        A workspace may translate a template of the starter's, but a template of its own is not translated by the
        starter: the words would be those of another template.
        """
        home = template.parent
        folders = self.templates[: self.templates.index(home) + 1] if home in self.templates else (home,)
        found: dict[str, Path] = {}
        for language in LANGUAGES:
            paths = (folder / f"{template.stem}.{language}{template.suffix}" for folder in folders)
            if path := next((path for path in paths if path.is_file()), None):
                found[language] = path
        return found


def open_workspace(asked: str | None, here: Path, environment: Mapping[str, str]) -> Workspace:
    """Find the workspace.

    Args:
        asked: the folder given by `--workspace`, if any; then the variable BRIEFGEN_WORKSPACE counts; then the first
            folder with `seeds/` from `here` upwards.
        here: the current folder, absolute.
        environment: the process's environment variables.

    Raises:
        UsageError: `no-workspace` when the folder asked for is none, `no-texts` when BRIEFGEN_TEXTS names no folder.
        BriefgenError: `briefgen.yaml` is wrong.
    """
    root = _root(asked or environment.get(WORKSPACE_VARIABLE) or None, here)
    return Workspace(root, _texts(root, here, environment), starter_folder(), read_settings(root))


def is_device_name(name: str) -> bool:
    """Whether Windows keeps a file name for a device (`con`, `NUL.txt`, `com1`), so that it can be no file's there."""
    return name.split(".")[0].rstrip(" ").lower() in _DEVICES


def starter_folder() -> Path:
    """The workspace that briefgen carries: inside an installed package, or the checkout that it runs from."""
    package = Path(__file__).resolve().parent
    carried = package / "starter"
    return carried if carried.is_dir() else package.parent


def read_settings(root: Path | None) -> Settings:
    """Read a workspace's `briefgen.yaml`.

    Raises:
        BriefgenError: the file is wrong; every problem is in it.
    """
    path = None if root is None else root / SETTINGS_FILE
    if path is None or not path.exists():
        return Settings()
    problems: list[Problem] = []
    record = read_records(path, problems)
    if record is None:
        settings = Settings(location=Location(path))
    else:
        settings = Settings(
            audience=record.parsed("audience", _id),
            theme=record.parsed("theme", _id),
            language=record.text("language", multiline=False),
            output=record.text("output", multiline=False),
            strict=record.flag("strict") or False,
            sender=record.text("from", multiline=False),
            contact=record.text("contact", multiline=False),
            embed_fonts=record.flag("embed_fonts") is not False,
            mail=read_mail_settings(record),
            location=Location(path),
        )
        record.done()
    if problems:
        raise BriefgenError(problems)
    return settings


def _is_translation(name: str, named: Mapping[str, Path]) -> bool:
    original, _, language = name.rpartition(".")
    return language in LANGUAGES and original in named


def _root(asked: str | None, here: Path) -> Path | None:
    if asked is None:
        return next((folder for folder in (here, *here.parents) if (folder / "seeds").is_dir()), None)
    folder = (here / asked).resolve()
    if not folder.is_dir():
        raise UsageError(_no_workspace("there is no such folder", folder))
    if not (folder / "seeds").is_dir():
        raise UsageError(_no_workspace("this folder is no workspace: it has no folder seeds/", folder))
    return folder


def _texts(root: Path | None, here: Path, environment: Mapping[str, str]) -> Path | None:
    if named := environment.get(TEXTS_VARIABLE):
        folder = (here / named).resolve()
        if not folder.is_dir():
            message = f"{TEXTS_VARIABLE} names {named!r}, which is not a folder"
            hint = f"unset {TEXTS_VARIABLE} to use the workspace's seeds/texts/, or the evidence lock"
            raise UsageError(Problem("no-texts", message, Location(folder), hints=(hint,)))
        return folder
    own = root / "seeds" / "texts" if root else None
    return own if own and own.is_dir() else None


def _files(folder: Path, suffixes: tuple[str, ...]) -> Iterator[Path]:
    """Files by name; neither hidden files nor an editor's backups, nor a README that explains the folder."""
    if folder.is_dir():
        for path in sorted(folder.iterdir()):
            if path.suffix in suffixes and not path.name.startswith((".", "~", "#")) and path.stem != "README":
                yield path


def _id(text: str) -> str:
    if not ID.fullmatch(text):
        raise ValueError(f"{text!r} is not a name: use small letters, digits and hyphens, beginning with a letter")
    return text


def _no_workspace(message: str, folder: Path | None = None) -> Problem:
    hints = ("`briefgen init DIR` makes a workspace", f"`--workspace DIR` or {WORKSPACE_VARIABLE} names one")
    return Problem("no-workspace", message, Location(folder) if folder else None, hints=hints)
