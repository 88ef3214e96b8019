"""A reference document with anything in it out of place is taken over or refused; it never breaks the program."""

from __future__ import annotations

import io
import random
import zipfile
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from briefgen.errors import Problem
from briefgen.themes import load_theme
from tests import house

THEMES = Path(__file__).resolve().parents[2] / "templates/themes"
WHOLE = house.saved(house.chamber())
VALUES = ("", "-1", "0", "9" * 20, "1e400", "nan", "inf", "x", "auto", "ffffff", "12.5pt", "true", "/../x", "😀", " ")

with zipfile.ZipFile(io.BytesIO(WHOLE)) as archive:
    PARTS = [name for name in archive.namelist() if name.endswith((".xml", ".rels")) and "docProps" not in name]


def altered(xml: bytes, chance: random.Random) -> bytes:
    """XML with some elements taken out, doubled or emptied, and some attributes with other values, or none."""
    root = etree.fromstring(xml)
    for _ in range(chance.choice([1, 1, 2, 5, 20])):
        element = chance.choice(list(root.iter()))
        names = list(element.attrib)
        parent = element.getparent()
        match chance.randrange(5):
            case 0 if parent is not None:
                parent.remove(element)
            case 1 if parent is not None:
                parent.append(etree.fromstring(etree.tostring(element)))
            case 2 | 3 if names:
                element.set(chance.choice(names), chance.choice(VALUES))
            case 4 if names:
                del element.attrib[chance.choice(names)]
            case _:
                element.text = chance.choice(VALUES)
    return bytes(etree.tostring(root))


@settings(max_examples=40)
@given(st.integers(0, 2**32), st.lists(st.sampled_from(PARTS), min_size=1, max_size=4, unique=True))
def test_a_reference_is_taken_over_or_refused(seed: int, names: list[str]) -> None:
    chance = random.Random(seed)
    contents = house.altered(WHOLE, {name: lambda xml: altered(xml, chance) for name in names})
    problems: list[Problem] = []
    with TemporaryDirectory() as folder:
        theme = load_theme(house.theme(Path(folder), contents), problems, [THEMES])
    assert (theme is None) == bool(problems)
    assert all(problem.location.line == 3 for problem in problems)
