"""What the cases in tests/cases cannot say: pictures, places, origins, determinism."""

from __future__ import annotations

from pathlib import Path

import pytest

from briefgen.document import EvidenceRef, Heading, Image, Origin, Paragraph, Text, walk
from briefgen.reader.typography import smart
from tests.library import HOSTILE, document, problems_of


def test_every_block_knows_its_line(tmp_path: Path) -> None:
    result = document(tmp_path, "# T\n\n{% for f in facts(topic='trade') %}\n{{ f }}\n\n{% endfor %}\nlast\n")
    lines = [block.location.line for block in result.blocks if block.location]
    assert lines == [6, 9, 9, 9, 12]
    refs = [node for node in walk(result.blocks) if isinstance(node, EvidenceRef)]
    assert {(ref.location.line, ref.location.column) for ref in refs if ref.location} == {(9, 1)}


def test_it_is_known_whose_words_they_are(tmp_path: Path) -> None:
    result = document(tmp_path, "a {{ params.country }} {{ t('not stated') }} {{ 'b' }}\n")
    texts = [(node.text.strip(), node.origin) for node in walk(result.blocks) if isinstance(node, Text)]
    assert [text for text in texts if text[0]] == [
        ("a", Origin.AUTHOR),
        ("Viet *Nam*", Origin.PARAMETER),
        ("not stated", Origin.LABEL),
        ("b", Origin.AUTHOR),
    ]


def test_a_picture_with_its_caption(tmp_path: Path) -> None:
    (tmp_path / "pictures").mkdir()
    (tmp_path / "pictures" / "map.PNG").write_bytes(b"")
    result = document(tmp_path, "Figure: Where it is\n\n![A map of *it*](pictures/map.PNG)\n")
    (image,) = result.blocks
    assert isinstance(image, Image)
    assert (image.path, image.description) == ("pictures/map.PNG", "A map of it")
    assert image.caption is not None


def test_a_picture_outside_is_refused(tmp_path: Path) -> None:
    (tmp_path / "secret.png").write_bytes(b"")
    folder = tmp_path / "templates"
    folder.mkdir()
    (folder / "a.png").symlink_to(tmp_path / "secret.png")
    assert [problem.code for problem in problems_of(folder, "![x](a.png)")] == ["image-not-found"]


def test_hostile_params_pass_untouched(tmp_path: Path) -> None:
    hostile = HOSTILE.replace("\n", " ")  # a param is one line
    result = document(tmp_path, "# {{ params.country }}\n\n{{ params.country }}\n", params={"country": hostile})
    heading, paragraph = result.blocks
    assert isinstance(heading, Heading)
    assert isinstance(paragraph, Paragraph)
    assert heading.children == paragraph.children == (Text(hostile, Origin.PARAMETER),)


def test_the_same_template_gives_the_same_document(tmp_path: Path) -> None:
    text = "# A\n\n- {{ fact('visit') }}\n\n{{ series('trade') }}\n"
    assert document(tmp_path, text) == document(tmp_path, text)


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ('"a"', "“a”"),
        ("'a'", "‘a’"),
        ("\"'a' b\"", "“‘a’ b”"),
        ("it's", "it’s"),
        ("the '90s and '25", "the ’90s and ’25"),
        ('("a")', "(“a”)"),
        ("a--b --- c...", "a–b — c…"),
        ('"한국"과 "Việt Nam"', "“한국”과 “Việt Nam”"),
        ("", ""),
    ],
)
def test_smart_quotation_marks(typed: str, printed: str) -> None:
    assert smart((Text(typed),), "ko") == (Text(printed),)


def test_marks_around_evidence_and_not_within_values() -> None:
    ref = EvidenceRef("visit")
    given = (Text('"'), ref, Text('" and "'), Text('"x"', Origin.PARAMETER), Text('"'))
    assert smart(given, "en") == (Text("“"), ref, Text("” and “"), Text('"x"', Origin.PARAMETER), Text("”"))
