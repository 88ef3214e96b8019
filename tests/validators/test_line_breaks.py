"""Lines as LibreOffice breaks them against our own, in every script and with marks inside lines."""

from __future__ import annotations

import os
import re
import subprocess
import xml.etree.ElementTree as ElementTree
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path

import pytest

from briefgen.document import Emphasis, Inlines, NoteMark, Strong, Text
from briefgen.fonts import Fonts
from briefgen.layout.lines import Advances
from briefgen.layout.setting import Setting
from briefgen.theme import StyleName, Theme
from tests.pages import meta, words
from tests.sheet import default_theme
from tests.tools import require, run

PACKAGES = ("font_source_sans_pro", "pylopdf_fonts_ko")

KOREAN = (
    "한국과 베트남은 2030년까지 교역액 1500억 달러를 목표로 하며, 반도체와 인공지능 분야에서 협력을 확대하기로 했다.",
    "조 대사는 “베트남은 제조 기지일 뿐 아니라 혁신과 창의의 나라가 될 잠재력이 있다”고 말했다(2026년 1월 12일).",
    "총 등록 자본금은 937억(통화 미상)이고, 사업은 10,238건이며, 삼성의 투자는 230억 달러 이상이다.",
)
VIETNAMESE = (
    "Kim ngạch thương mại song phương đạt 86,7 tỷ USD năm 2024; hai bên đặt mục tiêu 150 tỷ USD vào năm 2030.",
    "Tổng Bí thư Tô Lâm khẳng định khoa học, công nghệ và đổi mới sáng tạo là trụ cột mới của quan hệ hai nước.",
)
ENGLISH = (
    "The Republic of Korea is Viet Nam’s third-largest trading partner; trade came to US$86.7 billion in 2024.",
    "A long-term public/private plan — if agreed — covers 2025–2030, state-of-the-art R&D and build-operate-transfer.",
    "See https://example.org/reports/2026/partnership-dossier?edition=first&language=en for the annex and its method.",
    "Before it: example.org/documents/2025/science-and-technology/memorandum-of-understanding.html and words after it.",
    "No-break: US$\u00a086.7\u00a0billion, sci\u2011tech, 11\u00a0August\u00a02025, “words”, (brackets).",
    "Pneumonoultramicroscopicsilicovolcanoconiosispneumonoultramicroscopicsilicovolcanoconiosis is one word.",
)


def mixed(text: str) -> Inlines:
    """The text with some of its words semibold or italic, and marks after some of its stops."""
    inlines: list[Text | Strong | Emphasis | NoteMark] = []
    for number, part in enumerate(re.split(r"(?<=[.,;]) ", text)):
        space = " " if number else ""
        dress = (Text(space + part), Strong((Text(space + part),)), Emphasis((Text(space + part),)))[number % 3]
        inlines += [dress, NoteMark(number + 1, first=True)]
    return tuple(inlines)


CASES: tuple[Inlines, ...] = (
    *(words(text) for text in (*ENGLISH, *VIETNAMESE, *KOREAN)),
    *(mixed(text) for text in (*ENGLISH, *VIETNAMESE)),
    *((Emphasis(words(text)),) for text in (*ENGLISH, *VIETNAMESE) if "\u2011" not in text),
)


@pytest.fixture(scope="module")
def theme() -> Theme:
    return default_theme()


@pytest.mark.slow
@pytest.mark.parametrize("measure", [70, 110, 150, 234.6, 403])
def test_lines_are_those_of_libreoffice(measure: float, theme: Theme, tmp_path: Path) -> None:
    office, reader = require("soffice"), require("pdftotext")
    pytest.importorskip("pylopdf_fonts_ko")
    setting = Setting(theme, theme.densities[theme.standard], Advances(Fonts(theme)), meta())
    ours = [_our_lines(case, measure, setting) for case in CASES]
    made = tmp_path / "lines.docx"
    _write(made, CASES, measure, setting)
    _convert(office, made, tmp_path)
    theirs = _their_lines(reader, tmp_path / "lines.pdf", setting.style(StyleName.BODY).leading, tmp_path)
    differing = [(mine, yours) for mine, yours in zip(ours, theirs, strict=True) if mine != yours]
    korean = [(mine, yours) for mine, yours in differing if any("가" <= letter <= "힣" for letter in "".join(mine))]
    assert not [pair for pair in differing if pair not in korean]
    # Korean breaks between words here, between syllables there: what fits here fits there.
    assert all(len(mine) >= len(yours) for mine, yours in korean)


def _convert(office: str, made: Path, folder: Path) -> None:
    """A PDF by LibreOffice, which finds the theme's fonts and no others of their names."""
    folders = [next(iter(find_spec(name).submodule_search_locations)) for name in PACKAGES]  # type: ignore[union-attr,arg-type]
    configuration = folder / "fonts.conf"
    configuration.write_text(
        '<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig>'
        + "".join(f"<dir>{place}</dir>" for place in folders)
        + f"<cachedir>{folder / 'cache'}</cachedir></fontconfig>",
        encoding="utf-8",
    )
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = [office, profile, "--headless", "--convert-to", "pdf", "--outdir", str(folder), str(made)]
    environment = os.environ | {"FONTCONFIG_FILE": str(configuration)}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=120)
    assert (folder / "lines.pdf").is_file(), done.stdout + done.stderr


def _our_lines(case: Inlines, measure: float, setting: Setting) -> list[str]:
    text = setting.measured(case, setting.style(StyleName.BODY), None)
    return [_letters(text.text[line.start : line.end]) for line in text.lines(measure)]


def _letters(text: str) -> str:
    return re.sub(r"[\s\u00a0]", "", text).replace("\u2011", "-").replace("\u2010", "-")


def _write(path: Path, cases: Sequence[Inlines], measure: float, setting: Setting) -> None:
    """One page a case, as the Word writer sets text: exact leading, no kerning, sizes in half points."""
    import docx
    from docx.enum.text import WD_LINE_SPACING
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn
    from docx.shared import Pt

    style = setting.style(StyleName.BODY)
    file = docx.Document()
    for setting_ in file.settings.element.iter(qn("w:compatSetting")):
        if setting_.get(qn("w:name")) == "compatibilityMode":
            setting_.set(qn("w:val"), "15")  # as our files say; in older ones LibreOffice gives italics no room to lean
    page = file.sections[0]
    page.page_width, page.page_height = Pt(round((measure + 72) * 20) / 20), Pt(842)
    page.left_margin = Pt(36)
    page.right_margin = page.page_width - page.left_margin - Pt(round(measure * 20) / 20)
    page.top_margin = page.bottom_margin = Pt(72)
    for number, case in enumerate(cases):
        paragraph = file.add_paragraph()
        form = paragraph.paragraph_format
        form.space_before = form.space_after = Pt(0)
        form.line_spacing_rule, form.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(style.leading)
        form.page_break_before, form.widow_control = number > 0, False
        for name in ("w:kinsoku", "w:overflowPunct", "w:autoSpaceDE", "w:autoSpaceDN"):
            mark = OxmlElement(name)
            mark.set(qn("w:val"), "1" if name == "w:kinsoku" else "0")
            paragraph._p.get_or_add_pPr().append(mark)
        for span in setting.spans(case, style, None):
            run = paragraph.add_run(span.text)
            face = span.face
            run.font.name = face.family + (" Semibold" if face.weight == 600 else "")
            run.font.italic = face.italic
            run.font.size = Pt(span.size)
            fonts = run._r.get_or_add_rPr().get_or_add_rFonts()
            for script in ("w:eastAsia", "w:hAnsi", "w:cs"):
                fonts.set(qn(script), run.font.name)
            if span.rise:
                position = OxmlElement("w:position")
                position.set(qn("w:val"), str(round(span.rise * 2)))
                run._r.rPr.append(position)
    file.save(str(path))


def _their_lines(reader: str, path: Path, leading: float, folder: Path) -> list[list[str]]:
    run([reader, "-bbox", path, folder / "words.html"])
    pages = []
    for page in ElementTree.parse(folder / "words.html").iter("{http://www.w3.org/1999/xhtml}page"):
        lines: dict[int, list[tuple[float, str]]] = {}
        for word in page.iter("{http://www.w3.org/1999/xhtml}word"):
            middle = (float(word.get("yMin", 0)) + float(word.get("yMax", 0))) / 2
            lines.setdefault(int((middle - 72) // leading), []).append((float(word.get("xMin", 0)), word.text or ""))
        pages.append([_letters("".join(text for _, text in sorted(lines[number]))) for number in sorted(lines)])
    return pages
