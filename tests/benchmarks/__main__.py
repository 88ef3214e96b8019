"""How long briefgen takes, whole process, on this machine: `python -m tests.benchmarks`.

Prints; judges nothing. What is wanted: the page no slower than WeasyPrint's of the
same words (half of it, if we can) and under 120 MiB; 10,000 facts in under 3 s; --help and list at once;
a hundred pages with their structure in under 200 MiB, and in no more than twice the time that they take without;
2,000 paragraphs, 200 tables and 1,000 footnotes as a Word file in under 3 s and 300 MiB, twice as many in twice that.
"""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from itertools import pairwise
from pathlib import Path

from tests.benchmarks.measure import Measured, measure

REPOSITORY = Path(__file__).resolve().parents[2]
BRIEFGEN = [sys.executable, "-m", "briefgen"]
WEASYPRINT = "import sys, weasyprint; weasyprint.HTML(filename=sys.argv[1]).write_pdf(sys.argv[2])"
LOAD = """
import sys; from pathlib import Path; from briefgen.seeds import load_library
problems = []; library = load_library(Path(sys.argv[1]), problems)
assert len(library.facts) == 10_000, problems[:3]
"""


def main() -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        desk = folder / "desk"
        shutil.copytree(REPOSITORY / "seeds", desk / "seeds")
        shutil.copytree(REPOSITORY / "templates", desk / "templates")
        os.environ["BRIEFGEN_WORKSPACE"] = str(desk)
        _start(folder)
        _page(folder)
        _many(folder)
        _library(folder)
        _full_check(folder)
        _dossier(folder)
        _long_word(folder)


def _start(folder: Path) -> None:
    """What a user waits for before anything happens."""
    commands = {
        "python -c pass": [sys.executable, "-c", "pass"],
        "briefgen --help": [*BRIEFGEN, "--help"],
        "briefgen list": [*BRIEFGEN, "list"],
        "briefgen check investor": [*BRIEFGEN, "check", "investor"],
    }
    _print("Starting", measure(commands, folder))


def _page(folder: Path) -> None:
    """The investor brief, beside WeasyPrint's page of the same words."""
    measure({"words": [*BRIEFGEN, "investor", "--md", "-o", "page.md"]}, folder, runs=1)
    (folder / "page.html").write_text(_as_html((folder / "page.md").read_text(encoding="utf-8")), encoding="utf-8")
    taken = measure(
        {
            "briefgen investor --pdf": [*BRIEFGEN, "investor", "--pdf", "-o", "page.pdf"],
            "WeasyPrint, same words": [sys.executable, "-c", WEASYPRINT, "page.html", "weasyprint.pdf"],
            "briefgen investor --docx": [*BRIEFGEN, "investor", "--docx", "-o", "page.docx"],
        },
        folder,
    )
    _print("One page", taken)
    ours, theirs = taken["briefgen investor --pdf"], taken["WeasyPrint, same words"]
    print(f"  the PDF takes {ours.seconds / theirs.seconds:.2f} of WeasyPrint's time\n")


def _dossier(folder: Path) -> None:
    """A hundred pages, 200 tables and 400 footnotes, with and without their structure."""
    os.environ["PYTHONPATH"] = str(REPOSITORY)
    command = [sys.executable, "-m", "tests.benchmarks.dossier"]
    taken = measure(
        {"PDF, tagged": [*command, "tagged.pdf"], "PDF, untagged": [*command, "plain.pdf", "untagged"]}, folder, runs=3
    )
    _print("100 pages", taken)


def _long_word(folder: Path) -> None:
    """2,000 paragraphs, 200 tables and 1,000 footnotes as a Word file, once, twice and four times as long."""
    sizes = (1, 2, 4)
    made = [sys.executable, "-m", "tests.benchmarks.word"]
    measure({str(n): [*made, "markdown", str(n), f"long-{n}.md"] for n in sizes}, folder, runs=1)
    ways = {
        "briefgen, read and cited": lambda n: [*made, "read", str(n), f"long-{n}.md"],
        "briefgen, laid out": lambda n: [*made, "layout", str(n), "-"],
        "briefgen, laid out, written": lambda n: [*made, "briefgen", str(n), f"long-{n}.docx"],
        "python-docx, without notes": lambda n: [*made, "python-docx", str(n), f"plain-{n}.docx"],
        "pandoc, the same as Markdown": lambda n: ["pandoc", f"long-{n}.md", "-o", f"pandoc-{n}.docx"],
    }
    commands = {f"{name} {n}": way(n) for name, way in ways.items() for n in sizes if shutil.which(way(n)[0])}
    taken = measure(commands, folder, runs=3)
    print(f"2,000 paragraphs, 200 tables, 1,000 footnotes{'1×':>9}{'2×':>18}{'4×':>18}   growth 1 to 2, 2 to 4")
    for name in ways:
        runs = [taken[f"{name} {n}"] for n in sizes if f"{name} {n}" in taken]
        if runs:
            shown = "".join(f"{run.seconds * 1000:7.0f} ms{run.peak:4.0f} MiB" for run in runs)
            growth = ", ".join(f"{after.seconds / before.seconds:.2f}" for before, after in pairwise(runs))
            print(f"  {name:<30} {shown}   {growth}")
    print()


def _many(folder: Path) -> None:
    """Ten documents by one `briefgen all`: the tenth, beside the first with all that comes before it."""
    desk = folder / "ten"
    shutil.copytree(REPOSITORY / "seeds", desk / "seeds", ignore=shutil.ignore_patterns("texts"))
    shutil.copytree(REPOSITORY / "templates", desk / "templates", ignore=shutil.ignore_patterns("*.md"))
    investor = (REPOSITORY / "templates/investor.md").read_text(encoding="utf-8")
    commands = {}
    for count in range(1, 11):
        (desk / f"templates/brief-{count}.md").write_text(investor, encoding="utf-8")
        if count in (1, 9, 10):
            shutil.copytree(desk, folder / f"ten-{count}")
            commands[f"{count} documents"] = [*BRIEFGEN, "all", "--workspace", str(folder / f"ten-{count}")]
    taken = measure(commands, folder)
    _print("briefgen all", taken)
    first, ninth, tenth = (taken[f"{count} documents"].seconds for count in (1, 9, 10))
    print(f"  the tenth document takes {(tenth - ninth) / first:.2f} of the first's time\n")


def _library(folder: Path) -> None:
    """10,000 facts, cold."""
    seeds = folder / "large" / "seeds"
    seeds.mkdir(parents=True)
    for number in range(20):
        (seeds / f"part-{number:02}.yaml").write_text(_evidence(number, facts=500), encoding="utf-8")
    _print("10,000 facts", measure({"load": [sys.executable, "-c", LOAD, str(seeds)]}, folder, runs=3))


def _evidence(part: int, facts: int) -> str:
    """A file of one source and many facts, as a user would write them."""
    lines = ["sources:", f"  source-{part}:", "    title: A made-up survey", "    issued: 2025-08", "facts:"]
    for number in range(facts):
        value = f"{number + 1}.{part} billion USD"
        lines += [
            f"  fact-{part}-{number}:",
            f'    claim: "Trade in field {number} of list {part} reached {{value}}."',
            f"    value: {value}",
            f"    metric: trade-{number}",
            "    kind: observation",
            "    as_of: 2024",
            "    topics: [trade, investment]",
            "    evidence:",
            f'      - {{source: source-{part}, passage: "trade reached ${number + 1}.{part} billion in 2024"}}',
        ]
    return "\n".join(lines) + "\n"


def _full_check(folder: Path) -> None:
    """10,000 facts over 500 texts: everything `briefgen check` does to the library, with the texts and without."""
    desk = folder / "checked"
    texts = desk / "seeds" / "texts"
    texts.mkdir(parents=True)
    (desk / "templates").mkdir()
    (desk / "templates" / "one.md").write_text("---\ntitle: One\nkind: brief\n---\n# One\n", encoding="utf-8")
    for number in range(500):
        (desk / "seeds" / f"part-{number:03}.yaml").write_text(_surveyed(number), encoding="utf-8")
        (texts / f"part-{number:03}.txt").write_text(_survey(number), encoding="utf-8")
    check = [*BRIEFGEN, "check", "one", "--workspace", str(desk)]
    lock = measure({"lock": [*BRIEFGEN, "lock", "--workspace", str(desk)]}, folder, runs=1)
    taken = lock | measure({"check, with the texts": check}, folder, runs=3)
    shutil.rmtree(texts)
    _print("10,000 facts over 500 texts", taken | measure({"check, the lock alone": check}, folder, runs=3))


_FACTS = 20
_FILLER = "The two sides spoke of ports, of rails and of the sea, and of what their people might yet do together. "


def _figure(part: int, number: int) -> int:
    return 1000 + (part * _FACTS + number) * 7919 % 90_000  # spread, and each its own


def _survey(part: int) -> str:
    """The full text of a source: its passages in some 8,000 letters of other words."""
    stated = (f"In field {n} of region {part} there were about {_figure(part, n):,} firms. " for n in range(_FACTS))
    return "\n".join(sentence + _FILLER * 3 for sentence in stated) + "\n"


def _surveyed(part: int) -> str:
    """An evidence file of one source and its facts; every tenth metric is in another source too."""
    lines = ["sources:", f"  source-{part}:", f"    title: Survey {part}", f"    text: part-{part:03}.txt", "facts:"]
    for number in range(_FACTS):
        figure = f"{_figure(part, number):,}"
        shared = part // 2 if number % 10 == 0 else part
        lines += [
            f"  fact-{part}-{number}:",
            f'    claim: "Field {number} of region {part} has {{value}} firms."',
            f"    value: about {figure} firms",
            f"    metric: firms-{shared}-{number}",
            "    as_of: 2024",
            f"    place: R{part // 2 % 40}",
            "    topics: [trade, investment]",
            "    evidence:",
            f"      - source: source-{part}",
            f'        passage: "In field {number} of region {part} there were about {figure} firms"',
        ]
    return "\n".join(lines) + "\n"


def _as_html(markdown: str) -> str:
    from markdown_it import MarkdownIt

    style = "@page { size: A4; margin: 2cm } body { font: 9.5pt/13pt 'Source Sans Pro', sans-serif }"
    body = MarkdownIt("commonmark").enable("table").render(markdown)
    return f"<!doctype html><html lang=en><meta charset=utf-8><title>Page</title><style>{style}</style>{body}</html>"


def _print(title: str, taken: dict[str, Measured]) -> None:
    print(title)
    for name, run in taken.items():
        print(f"  {name:<26} {run.seconds * 1000:7.0f} ms {run.peak:6.0f} MiB")
    print()


if __name__ == "__main__":
    main()
