"""What must hold for whoever uses briefgen, tried from outside: files in, exit status, messages and files out."""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest

from tests.program import Program
from tests.small import make_small_workspace
from tests.tools import require, run

LAST_GOOD = b"the last good brief"


@pytest.fixture
def small(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, briefgen: Program) -> Path:
    """A small, locked workspace with its text at hand, and a brief that was built from it before."""
    root = make_small_workspace((tmp_path / "small").resolve())
    monkeypatch.chdir(root)
    for variable in ("BRIEFGEN_TEXTS", "BRIEFGEN_WORKSPACE"):
        monkeypatch.delenv(variable, raising=False)
    locked = briefgen("lock")
    assert locked.status == 0, locked.err
    (root / "output").mkdir()
    (root / "output" / "harbour.pdf").write_bytes(LAST_GOOD)
    return root


def edit(path: Path, old: str, new: str) -> None:
    """Replace words that stand once in a file."""
    words = path.read_text(encoding="utf-8")
    assert words.count(old) == 1, f"{old!r} stands {words.count(old)} times in {path.name}"
    path.write_text(words.replace(old, new), encoding="utf-8", newline="\n")


def without_texts(root: Path) -> None:
    shutil.rmtree(root / "seeds" / "texts")


# ---- a fresh clone ---------------------------------------------------------------------------------------


@pytest.mark.slow
def test_a_fresh_clone_builds_one_page_in_both_formats(desk: Path, briefgen: Program, tmp_path: Path) -> None:
    result = briefgen("investor", "--pdf", "--docx")
    assert result.status == 0, result.err
    for name in ("investor.pdf", "investor.docx"):
        [line] = [line for line in result.out.splitlines() if line.startswith(f"output/{name}")]
        assert "1 page," in line
        assert "verified against the lock" in line
    assert pages(desk / "output" / "investor.pdf") == 1
    assert pages(as_pdf(desk / "output" / "investor.docx", tmp_path)) == 1


def pages(path: Path) -> int:
    [count] = re.findall(r"^Pages: +(\d+)$", run([require("pdfinfo"), path]), re.MULTILINE)
    return int(count)


def as_pdf(path: Path, folder: Path) -> Path:
    """A Word file as LibreOffice prints it."""
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    run([require("soffice"), profile, "--headless", "--convert-to", "pdf", "--outdir", folder, path])
    return folder / f"{path.stem}.pdf"


def test_the_texts_at_hand_are_what_is_verified_against(small: Path, briefgen: Program) -> None:
    assert "verified against the texts" in briefgen("harbour", "--md").out
    without_texts(small)
    assert "verified against the lock" in briefgen("harbour", "--md").out


# ---- no number and no word can be changed ----------------------------------------------------------------

TAMPERINGS = {
    "a digit in a passage": ("reached $86.7 billion", "reached $86.8 billion", 20),
    "a digit in a value": ("value: 86.7 billion USD", "value: 86.8 billion USD", 15),
    "a unit in a value": ("value: 86.7 billion USD", "value: 86.7 million USD", 15),
    "a qualifier in a value": ("value: about 12,000", "value: over 12,000", 23),
    "a word of a quotation": ("text: We are open for business", "text: We are closed for business", 30),
    "a word dropped from a quotation": ("text: We are open for business", "text: We are for business", 30),
    "a passage that is nowhere in the source": ("It employs about 12,000 people", "It hires about 12,000 people", 26),
}


@pytest.mark.parametrize("with_texts", [True, False], ids=["with the texts", "against the lock"])
@pytest.mark.parametrize(("old", "new", "line"), TAMPERINGS.values(), ids=TAMPERINGS)
def test_tampering_is_found_and_nothing_is_written(
    old: str, new: str, line: int, with_texts: bool, small: Path, briefgen: Program
) -> None:
    edit(small / "seeds" / "harbour.yaml", old, new)
    if not with_texts:
        without_texts(small)
    for arguments in (["check"], ["harbour", "--pdf", "--docx"]):
        result = briefgen(*arguments)
        assert result.status == 1
        assert re.search(rf"^seeds/harbour\.yaml:{line}:\d+: error\[", result.err, re.MULTILINE), result.err
    assert (small / "output" / "harbour.pdf").read_bytes() == LAST_GOOD
    assert [path.name for path in (small / "output").iterdir()] == ["harbour.pdf"]


def test_every_digit_of_the_real_librarys_passages_and_values_is_held(desk: Path) -> None:
    """Against the lock alone, as on a machine that has no texts: each digit changed, one at a time."""
    from briefgen.build import open_library
    from briefgen.errors import errors_in
    from briefgen.workspace import open_workspace

    workspace = open_workspace(None, desk, {})
    day = date(2026, 11, 21)
    assert not errors_in(open_library(workspace, day).problems)
    unnoticed = []
    for path in sorted((desk / "seeds").glob("*.yaml")):
        words = path.read_text(encoding="utf-8")
        for spot in list(digits_of_evidence(words))[
            ::9
        ]:  # every ninth, to stay quick; the offset changes with the text
            changed = words[:spot] + str((int(words[spot]) + 1) % 10) + words[spot + 1 :]
            path.write_text(changed, encoding="utf-8")
            if not errors_in(open_library(workspace, day).problems):
                line = words.count("\n", 0, spot) + 1
                unnoticed.append(f"{path.name}:{line}: {words.splitlines()[line - 1].strip()}")
        path.write_text(words, encoding="utf-8")
    assert not unnoticed


def digits_of_evidence(yaml: str) -> Iterator[int]:
    """Where the digits of `value:` and of `passage:` stand, where these are written on one line."""
    for match in re.finditer(r"^ *value: *(.*)$|passage: *(\"[^\"\n]*\")", yaml, re.MULTILINE):
        group = 1 if match[1] is not None else 2
        yield from (match.start(group) + n for n, letter in enumerate(match[group]) if letter.isdigit())


# ---- evidence is never markup ----------------------------------------------------------------------------

HOSTILE = {
    "markup": r"a *b* _c_ |d| <e> &amp; [f](g) \h `i` # j ~k~ ^l^ $m$",
    "Jinja": "a {{ fact('x') }} {% raw %} {# b #}",
    "a footnote": "growth[^1] matters[^a]: everywhere",
    "XML": "a </w:t><b/> ]]> <!-- --> &lt; &#65; <quote",
    "Vietnamese": "Tô Lâm: “Thành công của các bạn là kết quả của quản trị quốc gia hiệu quả”",
    "Hangul": "한국과 베트남은 가까운 이웃이다",
    "emoji": "well done \U0001f44d\U0001f3fd",
    "one very long word": "a" * 300,
}


@pytest.mark.parametrize("words", HOSTILE.values(), ids=HOSTILE)
def test_a_quotation_comes_out_as_it_is_or_is_refused(words: str, small: Path, briefgen: Program) -> None:
    text = small / "seeds" / "texts" / "gazette.txt"
    stated = re.sub(r"\[[^]]*\]", "", words)  # what stands in brackets is an insertion of ours, not the source's
    text.write_text(text.read_text(encoding="utf-8") + f"\nAnd then: {stated}\n", encoding="utf-8")
    evidence = small / "seeds" / "harbour.yaml"
    edit(evidence, "    text: We are open for business\n", f"    text: '{words.replace(chr(39), chr(39) * 2)}'\n")
    assert briefgen("lock").status == 0
    result = briefgen("harbour", "--pdf", "--docx")
    if result.status == 1:
        assert re.search(r"error\[missing-glyph\]: .*U\+[0-9A-F]{4,6}", result.err), result.err
        assert (small / "output" / "harbour.pdf").read_bytes() == LAST_GOOD
        return
    assert result.status == 0, result.err
    wanted = squeezed(words)
    assert wanted in squeezed(words_of_docx(small / "output" / "harbour.docx"))
    assert wanted in squeezed(words_of_pdf(small / "output" / "harbour.pdf"))


def squeezed(words: str) -> str:
    """Words without white space, and with one kind of hyphen: where lines break is not a change."""
    return re.sub(r"\s", "", words.replace("\u2011", "-").replace("\u2010", "-"))


def words_of_docx(path: Path) -> str:
    from docx import Document

    document = Document(str(path))
    texts = document.element.body.iter("{http://schemas.openxmlformats.org/wordprocessingml/2006/main}t")
    return "".join(text.text or "" for text in texts)


def words_of_pdf(path: Path) -> str:
    return run([require("pdftotext"), "-raw", path, "-"])


# ---- templates cannot reach Python -----------------------------------------------------------------------

ATTACKS = {
    "attribute walk": "{{ ''.__class__.__mro__[1].__subclasses__() }}",
    "attribute walk by filter": "{{ fact('harbour-trade') | attr('__class__') }}",
    "globals of a function": "{{ fact.__globals__ }}",
    "method of a function": "{{ fact.__func__.__globals__['os'] }}",
    "private field": "{{ fact('harbour-trade')._evidence.claim }}",
    "import": "{% import 'os' as os %}",
    "file outside": "{% include '../seeds/harbour.yaml' %}",
    "absolute file": "{% include '/etc/passwd' %}",
    "itself": "{% include 'harbour.md' %}",
    "endless loop": "{% for i in range(99999) %}{% for j in range(99999) %}{% endfor %}{% endfor %}",
    "endless recursion": "{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}",
    "huge text": "{{ 'a' * 1000000000 }}",
    "huge number": "{{ 9 ** 9 ** 9 }}",
    "huge range": "{{ range(1000000000) | list }}",
    "huge format": "{{ '%1000000000d' | format(1) }}",
    "doubling": "{% set n = namespace(x='aaaaaaaa') %}{% for i in range(60) %}{% set n.x = n.x + n.x %}{% endfor %}",
    "changed state": "{{ params.update({'a': 1}) }}",
}


@pytest.mark.parametrize("attack", ATTACKS.values(), ids=ATTACKS)
def test_a_hostile_template_ends_in_a_located_error(attack: str, small: Path, briefgen: Program) -> None:
    edit(small / "templates" / "harbour.md", "# The harbour grows", f"# The harbour grows\n\n{attack}")
    result = briefgen("harbour", "--pdf")
    assert result.status == 1
    assert re.search(r"^templates/harbour\.md:\d+(:\d+)?: error\[[a-z-]+\]: ", result.err, re.MULTILINE), result.err
    assert (small / "output" / "harbour.pdf").read_bytes() == LAST_GOOD


# ---- the same input gives the same bytes -----------------------------------------------------------------


def test_the_same_input_gives_the_same_bytes(desk: Path) -> None:
    def build(seed: str) -> dict[str, str]:
        command = [sys.executable, "-m", "briefgen", "investor", "--pdf", "--docx", "--md", "--manifest"]
        command += ["--as-of", "2026-11-21", "-o", f"seed-{seed}"]
        environment = {**os.environ, "PYTHONHASHSEED": seed, "TZ": "Asia/Seoul" if seed == "1" else "UTC"}
        subprocess.run(command, cwd=desk, env=environment, check=True, timeout=120)
        files = sorted((desk / f"seed-{seed}").iterdir())
        return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in files}

    first = build("1")
    assert set(first) == {"investor.pdf", "investor.docx", "investor.md", "investor.manifest.json"}
    assert build("2") == first


def test_no_file_says_where_it_was_made(desk: Path, briefgen: Program) -> None:
    assert briefgen("investor", "--pdf", "--docx", "--md", "--manifest").status == 0
    for path in (desk / "output").iterdir():
        assert str(desk).encode() not in path.read_bytes()


# ---- bad input of every kind -----------------------------------------------------------------------------


def seeds(old: str, new: str) -> Callable[[Path], None]:
    return lambda root: edit(root / "seeds" / "harbour.yaml", old, new)


def template(old: str, new: str) -> Callable[[Path], None]:
    return lambda root: edit(root / "templates" / "harbour.md", old, new)


def added(name: str, words: str | bytes) -> Callable[[Path], None]:
    def add(root: Path) -> None:
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(words.encode() if isinstance(words, str) else words)

    return add


def folder(name: str) -> Callable[[Path], None]:
    return lambda root: (root / name).mkdir(parents=True)


BAD_FILES: dict[str, tuple[Callable[[Path], None], str, str]] = {
    # what: (how it is broken, the place that is said, the code)
    "YAML with a tab": (added("seeds/x.yaml", "facts:\n\ta: 1\n"), "seeds/x.yaml:2", "yaml-syntax"),
    "YAML cut off": (added("seeds/x.yaml", "facts: {a: {"), "seeds/x.yaml:2:1", "yaml-syntax"),
    "a list at the top": (added("seeds/x.yaml", "- a\n"), "seeds/x.yaml:1:1", "wrong-type"),
    "no UTF-8": (added("seeds/x.yaml", b"facts:\n  \xff"), "seeds/x.yaml:2:3", "not-utf8"),
    "a hidden character": (added("seeds/x.yaml", "# \u202e"), "seeds/x.yaml:1:3", "forbidden-character"),
    "a folder instead of a file": (folder("seeds/x.yaml"), "seeds/x.yaml", "not-a-file"),
    "a wrong type": (seeds("topics: [people]", "topics: {a: b}"), "seeds/harbour.yaml:24", "wrong-type"),
    "a wrong date": (seeds("as_of: 2024", "as_of: last year"), "seeds/harbour.yaml:17", ""),
    "a wrong value": (seeds("value: about 12,000 people", "value: quite a few"), "seeds/harbour.yaml:23", ""),
    "a duplicate key": (seeds("as_of: 2024", "as_of: 2024\n    as_of: 2023"), "seeds/harbour.yaml:18", "duplicate-key"),
    "a duplicate id": (added("seeds/x.yaml", "people:\n  gazette: {name: Gus}\n"), "seeds/", "duplicate-id"),
    "a dangling source": (
        seeds('{source: gazette, passage: "It', '{source: gazete, passage: "It'),
        "seeds/harbour.yaml:26",
        "",
    ),
    "a dangling speaker": (seeds("speaker: jane-doe", "speaker: jane-do"), "seeds/harbour.yaml:31", ""),
    "an unknown field": (seeds("topics: [people]", "topic: [people]"), "seeds/harbour.yaml:24:5", "unknown-key"),
    "a missing field": (seeds("    speaker: jane-doe\n", ""), "seeds/harbour.yaml", "missing-key"),
    "front matter cut off": (template("---\n# The", "# The"), "templates/harbour.md:1", ""),
    "an unknown key in front matter": (template("pages: 1", "page: 1"), "templates/harbour.md:5:1", "unknown-key"),
    "a wrong value in front matter": (template("pages: 1", "pages: one"), "templates/harbour.md:5", ""),
    "an undefined name": (template('{{ quote("open") }}', "{{ qoute('open') }}"), "templates/harbour.md:14", ""),
    "an unknown id": (template('quote("open")', 'quote("opne")'), "templates/harbour.md:14", ""),
    "a syntax error": (template('{{ quote("open") }}', "{% if %}"), "templates/harbour.md:14", ""),
    "an unknown container": (template("# The", "::: sidebar\na\n:::\n\n# The"), "templates/harbour.md:10", ""),
    "an unknown theme": (template("pages: 1", "pages: 1\ntheme: neon"), "templates/harbour.md:6", "unknown-theme"),
    "an unknown audience": (
        template("pages: 1", "pages: 1\naudience: all"),
        "templates/harbour.md:6",
        "unknown-audience",
    ),
    "a broken theme": (
        added("templates/themes/default.yaml", "colour: red\n"),
        "templates/themes/default.yaml:1:1",
        "unknown-key",
    ),
    "broken settings": (added("briefgen.yaml", "outptu: x\n"), "briefgen.yaml:1:1", "unknown-key"),
    "a file where the output folder should be": (added("out", ""), "out/harbour.pdf", "cannot-write"),
}


@pytest.mark.parametrize(("break_it", "place", "code"), BAD_FILES.values(), ids=BAD_FILES)
def test_a_bad_file_is_a_located_error(
    break_it: Callable[[Path], None], place: str, code: str, small: Path, briefgen: Program
) -> None:
    break_it(small)
    to = ["-o", "out/harbour.pdf"] if place.startswith("out/") else []
    result = briefgen("harbour", "--pdf", *to)
    assert result.status == 1, result
    pattern = rf"^{re.escape(place)}.*: error\[{code or '[a-z-]+'}\]: "
    assert re.search(pattern, result.err, re.MULTILINE), result.err
    assert (small / "output" / "harbour.pdf").read_bytes() == LAST_GOOD


WRONG_CALLS: dict[str, tuple[list[str], str]] = {
    "an unknown command": (["harbuor"], "did you mean `harbour`?"),
    "an unknown option": (["harbour", "--pfd"], "--pdf"),
    "an unknown audience": (["harbour", "--audience", "nobody"], "unknown-audience"),
    "an unknown theme": (["harbour", "--theme", "neon"], "unknown-theme"),
    "a path for a theme": (["harbour", "--theme", "../../etc/passwd"], "unknown-theme"),
    "an unknown language": (["harbour", "--language", "klingon"], "unknown-language"),
    "no day": (["harbour", "--as-of", "yesterday"], "2026-11-21"),
    "no such day": (["harbour", "--as-of", "2026-02-30"], "calendar"),
    "another format's suffix": (["harbour", "--pdf", "-o", "x.docx"], "wrong-output"),
    "one file for two formats": (["harbour", "--pdf", "--docx", "-o", "x.pdf"], "wrong-output"),
    "output among the evidence": (["harbour", "--pdf", "-o", "seeds/x.pdf"], "wrong-output"),
    "output among the templates": (["harbour", "--pdf", "-o", "templates/../templates/x.pdf"], "wrong-output"),
    "a device": (["harbour", "--pdf", "-o", "nul.pdf"], "wrong-output"),
    "an unknown id to show": (["show", "harbor-trade"], "did you mean `harbour-trade`?"),
    "an unknown template to check": (["check", "harbuor"], "did you mean `harbour`?"),
    "a workspace that is none": (["harbour", "--workspace", "output"], "no-workspace"),
    "a new name that is a command": (["new", "check", "--from", "harbour"], "wrong-name"),
    "a new name with a slash": (["new", "a/b", "--from", "harbour"], "wrong-name"),
    "a new name that climbs": (["new", "../x", "--from", "harbour"], "wrong-name"),
    "a new name that Windows refuses": (["new", "con", "--from", "harbour"], "wrong-name"),
    "a new name that is taken": (["new", "harbour", "--from", "harbour"], "template-exists"),
    "a copy of nothing": (["new", "mine", "--from", "harbuor"], "did you mean `harbour`?"),
    "a workspace in a full folder": (["init", "."], "folder-not-empty"),
    "a workspace in a file": (["init", "templates/harbour.md"], "not-a-folder"),
}


@pytest.mark.parametrize(("arguments", "said"), WRONG_CALLS.values(), ids=WRONG_CALLS)
def test_a_wrong_call_is_said_and_changes_nothing(
    arguments: list[str], said: str, small: Path, briefgen: Program
) -> None:
    before = {path: path.read_bytes() for path in small.rglob("*") if path.is_file()}
    result = briefgen(*arguments)
    assert result.status == 2, result
    assert said in result.err
    assert {path: path.read_bytes() for path in small.rglob("*") if path.is_file()} == before


def test_no_workspace_at_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, briefgen: Program) -> None:
    monkeypatch.chdir(tmp_path)
    result = briefgen("investor", "--pdf")
    assert result.status == 2
    assert "no-workspace" in result.err
    assert "briefgen init" in result.err
