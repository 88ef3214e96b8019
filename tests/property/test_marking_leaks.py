"""The marking firewall as a whole: whatever is marked how, whoever asks and whoever would get it, nothing leaks.

Each trial marks the shipped library at random, builds a document from it for an audience of some clearance, and looks
into what came out: the text, the manifest, and whether a message with it would go to people of some clearance. In a
share of them the message is written, with words that print evidence too, or around a finished file whose evidence has
been marked anew since, and its bytes are read. What people may see is worked out here a second time, from the markings
alone.
"""

from __future__ import annotations

import email
import json
import random
import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime
from email.header import decode_header, make_header
from functools import cache
from html import unescape
from pathlib import Path

import pytest

from briefgen.audiences import Audience, load_audience
from briefgen.build import Built, OpenLibrary, build, open_library
from briefgen.carried import parse_manifest
from briefgen.enclosing import Enclosure, enclose_document, enclose_files
from briefgen.errors import BriefgenError, Problem, errors_in
from briefgen.evidence import Fact, Library, Marking
from briefgen.firewall import leaks
from briefgen.layout.model import Decisions, Layout, Page
from briefgen.mail_settings import MailSettings
from briefgen.mailboxes import Mailbox
from briefgen.mailing import Envelope, compose
from briefgen.requests import Request
from briefgen.templates import load_template
from briefgen.themes import load_theme
from briefgen.workspace import Settings, Workspace
from briefgen.writers.eml import write

ROOT = Path(__file__).parents[2]
DAY = date(2026, 11, 21)
TRIALS, CHUNKS = 10_000, 8
MAILED = 2
"""Of how many trials one goes on to a message's bytes."""

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
MAIL_BODIES = (
    "Dear all,\n\n{{{{ fact('{fact}') }}}}\n",
    '{{% for f in facts(topic="{topic}", up_to=2) %}}\n- {{{{ f }}}}\n{{% endfor %}}\n\nWords.\n',
    "{{% for q in quotes(up_to=1) %}}\n> {{{{ q }}}}\n\n{{% endfor %}}\nWords.\n",
    "As others say.{{{{ cite('{source}') }}}}\n",
)
MAIL_SUBJECTS = ("{{{{ title }}}}", "{{{{ fact('{fact}') }}}}", "{{{{ quote('{quote}').speaker }}}} on {{{{ title }}}}")
BLANK = Layout(1, 1, (Page("1", (), 1, 1),), (), (), (), "none", Decisions())
NOW = datetime(2026, 11, 21, 9, tzinfo=UTC)
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
    monkeypatch.setattr("briefgen.fit.lay_out", lambda *_: BLANK)  # nobody looks at its pages: 5 ms
    chance = random.Random(chunk)
    workspace = Workspace(tmp_path, None, ROOT)
    (tmp_path / "seeds").mkdir()
    audiences = {marking: written(tmp_path, marking) for marking in Marking}
    monkeypatch.setattr("briefgen.mailing.all_audiences", lambda _: tuple(audiences.values()))  # nor are they: 8 ms
    outcomes = {"built": 0, "withheld": 0, "sent": 0, "stopped": 0, "mailed": 0, "refused": 0}
    for trial in range(TRIALS // CHUNKS):
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
        may = all(cleared(box, said) >= marking for box in to)
        stopped = leaks(marking, to, audience, said, audiences.values())
        assert bool(stopped) is not may
        outcomes["sent" if may else "stopped"] += 1
        if trial % MAILED == 0:
            outcomes[mailed(built, library, audience, said, workspace, chance, monkeypatch)] += 1
    assert all(outcomes.values()), outcomes  # every way of ending was tried


def written(folder: Path, clearance: Marking) -> Audience:
    path = folder / "templates" / "audiences" / f"a{clearance:d}.yaml"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"label: readers\nclearance: {clearance.label}\n", encoding="utf-8")
    problems: list[Problem] = []
    audience = load_audience(path, problems)
    assert audience is not None
    return audience


def names_in(library: Library, chance: random.Random) -> dict[str, str]:
    """What templates ask for."""
    return {
        "topic": chance.choice(("trade", "investment", "people", "science")),
        "fact": chance.choice(list(library.facts)),
        "quote": chance.choice(list(library.quotes)),
        "source": chance.choice(list(library.sources)),
        "metric": chance.choice(("bilateral-trade", "vietnamese-in-korea")),
    }


def document(library: Library, clearance: Marking | None, chance: random.Random, workspace: Workspace) -> Built | None:
    """A document for an audience of this clearance, or None where briefgen refuses to make it."""
    names = names_in(library, chance)
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


def mailed(
    built: Built,
    library: Library,
    audience: Audience | None,
    said: Mapping[str, Marking],
    workspace: Workspace,
    chance: random.Random,
    patch: pytest.MonkeyPatch,
) -> str:
    """Write a message that brings the document, or the finished file of it, and read it as its recipients would.

    Args:
        audience: whom the document is for.
        said: whom briefgen.yaml clears for what.
    """
    settings = Settings(mail=MailSettings(Mailbox("desk@example.org"), clearances=said))
    at = replace(workspace, settings=settings)
    enclosed, now, own = brought(built, library, at, chance, patch)
    wordy = audience is not None and chance.random() < 0.7
    if wordy:
        subject, text = (chance.choice(words).format(**names_in(now, chance)) for words in (MAIL_SUBJECTS, MAIL_BODIES))
        audience = replace(audience, subject=subject, text=text)  # type: ignore[type-var]
    enclosed = replace(enclosed, audiences=() if audience is None else (audience,))
    asked = chance.choice([None, None, None, *Marking])
    lowered = asked is not None and asked < own
    own = own if asked is None else max(own, asked)
    to, blind = (tuple(chance.sample(PEOPLE, number)) for number in (chance.randint(1, 2), 1))
    most = min(cleared(box, said) for box in (*to, *blind))
    try:
        envelope = Envelope(NOW, to, blind=blind, marking=asked)
        message = compose(enclosed, envelope, at, replace(opened(), library=now)).message
    except BriefgenError as error:
        refused = {problem.code for problem in errors_in(error.problems)}
        assert refused <= {"recipient-not-cleared", "marking-above-clearance", "marking-lowered"}, refused
        least = most if audience is None else min(most, audience.clearance)
        assert wordy or lowered or own > least, "nothing stood against it"
        return "refused"
    assert own <= message.marking <= most
    everything = as_read(write(message))
    assert not [words for words in secrets(now, most) if words in everything]
    return "mailed"


def brought(
    built: Built, library: Library, workspace: Workspace, chance: random.Random, patch: pytest.MonkeyPatch
) -> tuple[Enclosure, Library, Marking]:
    """The document, fresh or as a file that lay finished while evidence was marked anew; the library as it is by now;
    and how restricted what is brought must be.
    """
    manifest = json.loads(built.manifest)
    marking = Marking.parse(manifest["marking"])
    if chance.random() < 0.5:
        return enclose_document(built, Request(built.draft.chosen.template, DAY, ("md",)), "one"), library, marking
    now = chance.choice((library, marked(opened().library, chance)))
    file = workspace.home / "one.txt"
    file.write_bytes(built.files["md"])
    patch.setattr("briefgen.enclosing.carried_manifest", lambda path: parse_manifest(built.manifest, path))
    since = (restriction(id, now) for id in ids_in(manifest, now))
    return enclose_files([file], workspace, DAY, library=now), now, max((marking, *since))


def cleared(box: Mailbox, said: Mapping[str, Marking]) -> Marking:
    """What somebody may see."""
    return said.get(box.address, said.get(f"@{box.domain}", Marking.CLEAR))


def as_read(contents: bytes) -> str:
    """All that a reader could find in a message: header, text, page and files."""
    message = email.message_from_bytes(contents)
    found = [f"{name}: {make_header(decode_header(value))}" for name, value in message.items()]
    for part in message.walk():
        if not part.is_multipart():
            body = part.get_payload(decode=True)
            assert isinstance(body, bytes)
            text = body.decode("utf-8")
            found.append(unescape(text) if part.get_content_subtype() == "html" else text)
    return "\n".join(found)


def secrets(library: Library, clearance: Marking) -> Iterator[str]:
    """Words that nobody of this clearance may read, and that stand in nothing else that they may."""
    allowed = "\n".join(words for id, words in words_of(library) if restriction(id, library) <= clearance)
    for id, words in words_of(library):
        if restriction(id, library) > clearance and len(words) > 20 and words not in allowed:
            yield words


@cache
def pieces(claim: str) -> tuple[str, ...]:
    """What stands in a claim beside its values."""
    return tuple(re.split(r"\{[^}]*\}", claim))


def words_of(library: Library) -> Iterator[tuple[str, str]]:
    """Ids, and words of theirs: claims around their values, quotations, titles of sources."""
    for id, fact in library.facts.items():
        yield from ((id, piece) for piece in pieces(fact.claim))
    yield from ((id, quote.text) for id, quote in library.quotes.items())
    yield from ((id, source.title or "") for id, source in library.sources.items())


def forbidden(library: Library, clearance: Marking) -> Iterator[bytes]:
    """Words that nobody of this clearance may read: claims without their values, and quotations."""
    for id, fact in library.facts.items():
        if restriction(id, library) > clearance and "{" not in fact.claim:
            yield fact.claim.encode()
    for id, quote in library.quotes.items():
        if restriction(id, library) > clearance:
            yield quote.text.encode()
