"""The marking firewall as a whole: whatever is marked how, whoever asks and whoever would get it, nothing leaks.

Each trial marks the shipped library at random, builds a document from it for an audience of some clearance, and looks
into what came out: the text, the manifest, and whether a message with it would go to people of some clearance. What
they may see is worked out here a second time, from the markings alone.
"""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path

import pytest

from briefgen.audiences import Audience, load_audience
from briefgen.build import Built, OpenLibrary, build, open_library
from briefgen.errors import BriefgenError, Problem, errors_in
from briefgen.evidence import Fact, Library, Marking
from briefgen.firewall import leaks
from briefgen.mailboxes import Mailbox
from briefgen.requests import Request
from briefgen.templates import load_template
from briefgen.themes import load_theme
from briefgen.workspace import Workspace

ROOT = Path(__file__).parents[2]
DAY = date(2026, 11, 21)
TRIALS, CHUNKS = 10_000, 8
BODIES = (
    '{{% for f in facts(topic="{topic}", up_to=4) %}}\n- {{{{ f }}}}\n{{% endfor %}}\n',
    "{{% for q in quotes(up_to=2) %}}\n> {{{{ q }}}}\n\n{{% endfor %}}\nWords.\n",
    "{{{{ fact('{fact}') }}}}\n",
    "{{{{ quote('{quote}').speaker }}}} spoke.\n",
    "As others say.{{{{ cite('{fact}', '{source}') }}}}\n",
    "::: chart {{type=bar}}\nTrade\n\n{{{{ series('{metric}') }}}}\n:::\n",
    "{{% for d in disagreements() %}}\n- {{{{ d.title }}}}:{{% for f in d.facts %}} {{{{ f }}}}{{% endfor %}}\n"
    "{{% endfor %}}\nWords.\n",
    "It is said.{{{{ cite('{source}') }}}}\n",
)
PEOPLE = tuple(Mailbox(f"p{number}@{domain}") for number in range(3) for domain in ("mofa.gov.vn", "example.org"))


@cache
def opened() -> OpenLibrary:
    return open_library(Workspace(ROOT, None, ROOT), DAY)


def marked(library: Library, chance: random.Random) -> Library:
    """The same library with most things as they are, and some of them restricted."""

    def pick() -> Marking:
        return chance.choice(list(Marking)) if chance.random() < share else Marking.CLEAR

    share = chance.choice((0.05, 0.3, 0.9))
    return replace(
        library,
        sources={id: replace(one, marking=pick()) for id, one in library.sources.items()},
        facts={id: replace(one, marking=pick()) for id, one in library.facts.items()},
        quotes={id: replace(one, marking=pick()) for id, one in library.quotes.items()},
    )


def restriction(id: str, library: Library) -> Marking:
    """How restricted a fact, quote or source is: as its strictest root."""
    if id in library.sources:
        return library.sources[id].marking
    evidence = library.facts.get(id) or library.quotes[id]
    roots = [restriction(passage.source, library) for passage in evidence.passages]
    if isinstance(evidence, Fact) and evidence.derivation:
        roots += [restriction(root, library) for root in evidence.derivation.inputs.values()]
    return max(evidence.marking, *roots)


def ids_in(tree: object, library: Library) -> Iterator[str]:
    """Every id of a fact, quote or source that stands anywhere in a manifest."""
    if isinstance(tree, dict):
        for name, value in tree.items():
            yield from ids_in(name, library)
            yield from ids_in(value, library)
    elif isinstance(tree, list):
        for value in tree:
            yield from ids_in(value, library)
    elif isinstance(tree, str) and (tree in library.facts or tree in library.quotes or tree in library.sources):
        yield tree


@pytest.mark.slow
@pytest.mark.parametrize("chunk", range(CHUNKS))
def test_nothing_leaks(chunk: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    theme = load_theme(ROOT / "templates" / "themes" / "default.yaml", [])
    monkeypatch.setattr("briefgen.requests.load_theme", lambda *_: theme)  # it is the same every time: 4 ms
    chance = random.Random(chunk)
    workspace = Workspace(tmp_path, None, ROOT)
    (tmp_path / "seeds").mkdir()
    audiences = {marking: written(tmp_path, marking) for marking in Marking}
    outcomes = {"built": 0, "withheld": 0, "sent": 0, "stopped": 0}
    for _ in range(TRIALS // CHUNKS):
        library = marked(opened().library, chance)
        clearance = chance.choice([None, *Marking])
        built = document(library, clearance, chance, workspace)
        if built is None:
            outcomes["withheld"] += 1
            continue
        outcomes["built"] += 1
        manifest = json.loads(built.manifest)
        restrictions = {id: restriction(id, library) for id in ids_in(manifest, library)}
        marking = Marking.parse(manifest["marking"])
        assert restrictions.keys() >= {*built.used, *built.sources}
        assert all(mark <= marking for mark in restrictions.values())
        if clearance is not None:
            assert marking <= clearance
            assert all(mark <= clearance for mark in restrictions.values())
            assert not any(claim in built.files["md"] for claim in forbidden(library, clearance))
        audience = None if clearance is None else audiences[clearance]
        said = {f"@{box.domain}": chance.choice(list(Marking)) for box in chance.sample(PEOPLE, 2)}
        said |= {box.address: chance.choice(list(Marking)) for box in chance.sample(PEOPLE, 2)}
        to = chance.sample(PEOPLE, chance.randint(1, 4))
        may = all(said.get(b.address, said.get(f"@{b.domain}", Marking.CLEAR)) >= marking for b in to)
        stopped = leaks(marking, to, audience, said, audiences.values())
        assert bool(stopped) is not may
        outcomes["sent" if may else "stopped"] += 1
    assert all(outcomes.values()), outcomes  # every way of ending was tried


def written(folder: Path, clearance: Marking) -> Audience:
    path = folder / "templates" / "audiences" / f"a{clearance:d}.yaml"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"label: readers\nclearance: {clearance.label}\n", encoding="utf-8")
    problems: list[Problem] = []
    audience = load_audience(path, problems)
    assert audience is not None
    return audience


def document(library: Library, clearance: Marking | None, chance: random.Random, workspace: Workspace) -> Built | None:
    """A document for an audience of this clearance, or None where briefgen refuses to make it."""
    names = {
        "topic": chance.choice(("trade", "investment", "people", "science")),
        "fact": chance.choice(list(library.facts)),
        "quote": chance.choice(list(library.quotes)),
        "source": chance.choice(list(library.sources)),
        "metric": chance.choice(("bilateral-trade", "vietnamese-in-korea")),
    }
    body = "\n\n".join(text.format(**names) for text in chance.sample(BODIES, chance.randint(1, 2)))
    least = chance.choice(list(Marking)) if chance.random() < 0.1 else Marking.CLEAR
    path = workspace.home / "templates" / "one.md"
    path.write_text(f"---\ntitle: One\nkind: dossier\nmarking: {least.label}\n---\n# One\n\n{body}\n", encoding="utf-8")
    template = load_template(path, [])
    assert template is not None
    request = Request(template, DAY, ("md",), audience=None if clearance is None else f"a{clearance:d}")
    try:
        return build(request, workspace, replace(opened(), library=library))
    except BriefgenError as error:
        refused = {problem.code for problem in errors_in(error.problems)}
        assert refused <= {"marking-above-clearance", "wrong-chart"}, refused
        return None


def forbidden(library: Library, clearance: Marking) -> Iterator[bytes]:
    """Words that nobody of this clearance may read: claims without their values, and quotations."""
    for id, fact in library.facts.items():
        if restriction(id, library) > clearance and "{" not in fact.claim:
            yield fact.claim.encode()
    for id, quote in library.quotes.items():
        if restriction(id, library) > clearance:
            yield quote.text.encode()
