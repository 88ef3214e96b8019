"""A message's words: the audience's, filled, cited and checked like a template's, with their place when wrong."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from briefgen.audiences import Audience, load_audience
from briefgen.covering import Covering, Enclosed, cover
from briefgen.document import Paragraph, plain
from briefgen.errors import BriefgenError, Problem, Severity
from briefgen.evidence import Library, Marking
from briefgen.message import Message
from briefgen.seeds import load_library
from briefgen.writers.eml.plain import plain_text
from tests.mail import message
from tests.small import make_small_workspace

DAY = date(2026, 11, 21)
ENCLOSED = Enclosed("Harbour brief *2026*", DAY, "en", Marking.GREEN, sender="The desk")


@pytest.fixture
def library(tmp_path: Path) -> Library:
    problems: list[Problem] = []
    found = load_library(make_small_workspace(tmp_path) / "seeds", problems)
    assert not problems
    return found


def audience(tmp_path: Path, yaml: str) -> Audience:
    path = tmp_path / "funds.yaml"
    path.write_text("label: funds\nclearance: TLP:CLEAR\n" + yaml, encoding="utf-8")
    problems: list[Problem] = []
    found = load_audience(path, problems)
    assert found is not None, problems
    return found


def covered(tmp_path: Path, yaml: str, library: Library, enclosed: Enclosed = ENCLOSED) -> Covering:
    return cover(enclosed, audience(tmp_path, yaml).in_language(enclosed.language), library)


def said(covering: Covering) -> str:
    letter: Message = message(text=covering.text, attachments=())
    return plain_text(letter).removeprefix("TLP:CLEAR\n\n").removesuffix("\n\nTLP:CLEAR\n")


def refused(tmp_path: Path, yaml: str, library: Library) -> list[tuple[str, str, int | None]]:
    with pytest.raises(BriefgenError) as error:
        covered(tmp_path, yaml, library)
    return [
        (problem.code, problem.location.path.name, problem.location.line)
        for problem in error.value.problems
        if problem.location
    ]


def test_a_subject_is_plain_words_and_evidence_in_it_has_no_mark(tmp_path: Path, library: Library) -> None:
    found = covered(tmp_path, "subject: '*{{ title }}*: {{ fact(\"harbour-trade\").value }}, # x'\n", library)
    assert found.subject == "*Harbour brief *2026**: US$86.7 billion, # x"
    assert found.evidence == ("harbour-trade",)


def test_a_text_knows_what_it_goes_before(tmp_path: Path, library: Library) -> None:
    yaml = "text: |\n  {{ title }}, {{ as_of }}, {{ marking }}, {{ audience.label }}, {{ sender }}.\n"
    words = said(covered(tmp_path, yaml, library))
    assert words == "Harbour brief *2026*, 21\u00a0November\u00a02026, TLP:GREEN, funds, The desk."


@pytest.mark.parametrize(
    "title", ["Harbour brief: Portsmouth", "The harbour's “new era”, 2026–2030", "port.txt", "한국–베트남 3"]
)
@pytest.mark.parametrize(
    "quoted", ["“{{ title }}”", '"{{ title }}"', "‘{{ title }}’를", "«{{ title }}» (*{{ title }}*)"]
)
def test_a_title_in_quotation_marks_is_a_name_and_no_quotation(
    title: str, quoted: str, tmp_path: Path, library: Library
) -> None:
    found = covered(tmp_path, f"text: |\n  Here is {quoted}.\n", library, replace(ENCLOSED, title=title))
    assert not found.problems
    assert title in said(found)


def test_evidence_in_a_text_gets_its_note(tmp_path: Path, library: Library) -> None:
    words = said(covered(tmp_path, 'text: |\n  {{ fact("harbour-trade") }}\n\n  > {{ quote("open") }}\n', library))
    assert words.startswith(
        "Trade through the harbour reached US$86.7\u00a0billion. [1]\n\n> “We are open for business”"
    )
    assert words.endswith("Notes\n[1] ‘Harbour trade grew in 2024’, The Gazette, 6\u00a0May\u00a02025.")


def test_without_words_of_its_own_a_message_says_what_is_attached(library: Library) -> None:
    found = cover(replace(ENCLOSED, language="vi"), None, library)
    assert found.subject == "Harbour brief *2026*"
    [paragraph] = found.text.blocks
    assert isinstance(paragraph, Paragraph)
    assert plain(paragraph.children).startswith("Xin gửi kèm “Harbour brief *2026*”, tính đến")
    assert not found.problems


def test_a_subject_that_is_given_is_taken_letter_for_letter(tmp_path: Path, library: Library) -> None:
    found = cover(ENCLOSED, audience(tmp_path, "subject: '{{ nonsense }}'\n"), library, subject="{{ x }} *y*")
    assert found.subject == "{{ x }} *y*"


@pytest.mark.parametrize(
    ("yaml", "code", "line"),
    [
        ("text: |\n  One.\n\n  {{ fact('nothing') }}\n", "unknown-id", 6),
        ("text: |\n\n  {{ nobody }}\n", "undefined-name", 5),
        ("subject: '{{ params.city }}'\n", "undefined-name", 3),
        ("subject: '{{ title'\n", "template-syntax", 3),
        ("text: |\n  # Heading\n", "wrong-mail-text", 4),
        ("text: |\n  - a\n\n    | a | b |\n    |---|---|\n    | c | d |\n", "wrong-mail-text", 6),
        ("text: |\n  a<br>\n", "raw-html", 4),
        ("text: |\n  [x](javascript:alert)\n", "unsafe-link", 4),
        ("text: |\n  We sold 400 ships.\n", "unsourced-number", 4),
        ("subject: We sold 400 ships\n", "unsourced-number", 3),
        ("text: |\n  He said “we are quite open now”.\n", "unsourced-quotation", 4),
    ],
)
def test_what_is_wrong_is_found_where_it_stands(
    tmp_path: Path, library: Library, yaml: str, code: str, line: int
) -> None:
    assert refused(tmp_path, yaml, library) == [(code, "funds.yaml", line)]


def test_a_translation_is_at_fault_where_it_stands(tmp_path: Path, library: Library) -> None:
    yaml = "text: Fine.\ntranslations:\n  vi:\n    text: |\n      Một.\n      {{ nobody }}\n"
    with pytest.raises(BriefgenError) as error:
        covered(tmp_path, yaml, library, replace(ENCLOSED, language="vi"))
    [problem] = error.value.problems
    assert problem.location is not None
    assert problem.location.line == 8


def test_words_in_another_language_than_the_document_s_are_said_to_be(tmp_path: Path, library: Library) -> None:
    found = covered(tmp_path, "subject: '{{ title }}'\ntext: Fine.\n", library, replace(ENCLOSED, language="vi"))
    [problem] = found.problems
    assert (problem.code, problem.severity) == ("untranslated-template", Severity.WARNING)
    assert "`text`" in problem.message


def test_an_audience_may_allow_a_number_of_its_own(tmp_path: Path, library: Library) -> None:
    yaml = "text: |\n  Call 024 3825 0000.\nallow: {unsourced-number: our telephone number}\n"
    assert said(covered(tmp_path, yaml, library)) == "Call 024 3825 0000."


def test_evidence_above_the_audience_s_clearance_is_refused(tmp_path: Path, library: Library) -> None:
    restricted = replace(
        library, facts={id: replace(fact, marking=Marking.AMBER) for id, fact in library.facts.items()}
    )
    [(code, _, line)] = refused(tmp_path, 'text: |\n  {{ fact("harbour-trade") }}\n', restricted)
    assert (code, line) == ("marking-above-clearance", 4)


def test_its_marking_is_that_of_its_evidence(tmp_path: Path, library: Library) -> None:
    restricted = replace(
        library, facts={id: replace(fact, marking=Marking.AMBER) for id, fact in library.facts.items()}
    )
    for yaml in ("subject: '{{ fact(\"harbour-jobs\") }}'\n", "text: '{{ fact(\"harbour-jobs\") }}'\n"):
        cleared = replace(audience(tmp_path, yaml), clearance=Marking.RED)
        assert cover(ENCLOSED, cleared, restricted).marking is Marking.AMBER
