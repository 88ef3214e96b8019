"""The text of a web page, with lxml: every visible paragraph of the article, without scripts and navigation."""

from __future__ import annotations

import codecs
import re
from pathlib import Path

from lxml import etree, html

from briefgen.errors import Location, Problem
from briefgen.extraction.raised import raised

_UNSEEN = frozenset(
    str.split("""
    head script style noscript template svg canvas iframe object embed audio video map select option datalist button
    textarea input meter progress dialog nav rp rt
    """)
)
_PARAGRAPHS = frozenset(
    str.split("""
    address article aside blockquote body center details div dl fieldset figcaption figure footer form h1 h2 h3 h4 h5
    h6 header hgroup hr legend main menu ol p pre section summary table ul
    """)
)
_LINES = frozenset(("br", "li", "tr", "dt", "dd", "caption"))
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_SPACES = re.compile(r"[ \t\n\r\f]+")  # what HTML collapses; a no-break space is not among them
_DECLARED = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w.:-]+)|<\?xml[^>]*encoding=["']([\w.:-]+)""")
_SUPERSETS = {
    **dict.fromkeys(("iso-8859-1", "latin-1", "ascii", "us-ascii"), "cp1252"),
    **dict.fromkeys(("euc-kr", "ks_c_5601-1987"), "cp949"),
    **dict.fromkeys(("gb2312", "gbk"), "gb18030"),
    "shift_jis": "cp932",
}
"""What a browser reads these encodings as (WHATWG, Encoding)."""
_MOST = 0.5
"""The part of a page's letters that its article must hold for the rest to be left out."""


def html_text(contents: bytes, path: Path, problems: list[Problem]) -> str | None:
    """Read a page's text; see `extract_text`."""
    markup = _decoded(contents, path, problems)
    if markup is None:
        return None
    parser = html.HTMLParser(encoding="utf-8", huge_tree=True, remove_comments=True, remove_pis=True)
    try:
        page = html.document_fromstring(markup.encode("utf-8", "replace"), parser=parser)
    except etree.ParserError:  # an empty page
        return ""
    if any(entry.level == etree.ErrorLevels.FATAL for entry in parser.error_log):  # reading stopped there
        message = f"the page cannot be read to its end: {parser.error_log.last_error.message}"
        problems.append(Problem("broken-file", message, Location(path), hints=("save its text as .txt",)))
        return None
    body = page.find("body")
    return _text(_article(page if body is None else body))


def _decoded(contents: bytes, path: Path, problems: list[Problem]) -> str | None:
    """A page as its byte order mark or its own declaration says, else as UTF-8; an encoding is never guessed."""
    declared = _DECLARED.search(contents[:4096])
    name = (declared[1] or declared[2]).decode("ascii").lower() if declared else "utf-8"
    encoding = _SUPERSETS.get(name, name)
    if contents.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        encoding = "utf-16"
    elif contents.startswith(codecs.BOM_UTF8) or encoding.startswith("utf-16"):
        encoding = "utf-8-sig"
    try:
        return contents.decode(encoding)
    except LookupError:
        message = f"the page says that its encoding is {name!r}, which is not known"
    except UnicodeDecodeError:
        message = f"the page {f'says that it is in {name}' if declared else 'does not say its encoding'}, and is not"
        message += "" if declared else " in UTF-8"
    problems.append(Problem("not-utf8", message, Location(path), hints=("save the page as UTF-8",)))
    return None


def _article(body: html.HtmlElement) -> html.HtmlElement:
    """The page's `main`, or its `article`, where that holds most of the page's letters; else all of it."""
    root = body
    for pattern in (".//main | .//*[@role='main']", ".//article"):
        longest = max(root.xpath(pattern), key=_letters, default=root)
        if _letters(longest) >= _MOST * _letters(body):
            root = longest
    return root


def _letters(element: html.HtmlElement) -> int:
    return sum(map(len, _text(element).split()))


def _text(root: html.HtmlElement) -> str:
    """The visible text below an element: a paragraph a line, with an empty line around it; table cells by tabs."""
    writing = _Writing()
    walk = etree.iterwalk(root, events=("start", "end"))
    preformatted = 0
    for event, element in walk:
        name = element.tag
        unseen = element is not root and (_is_unseen(element, root) or _is_note_mark(element))
        if event == "start":
            if unseen:
                walk.skip_subtree()  # its end is reported all the same
                continue
            writing.edge(name, opening=True)
            preformatted += name == "pre"
            writing.words(element.text, name == "sup", preformatted > 0)
            continue
        if not unseen:
            preformatted -= name == "pre"
            writing.edge(name, opening=False)
        if element is not root:
            writing.words(element.tail, element.getparent().tag == "sup", preformatted > 0)
    return "".join(writing.pieces)


class _Writing:
    """A text being written, which knows how its last line ends."""

    def __init__(self) -> None:
        self.pieces: list[str] = []
        self.breaks = 2  # line ends that the text ends with; its beginning counts as an edge
        self.space = False  # whether a space is owed before the next word

    def words(self, text: str | None, is_raised: bool, preformatted: bool) -> None:
        if not text:
            return
        if preformatted:
            self._write(text)
            return
        words = _SPACES.sub(" ", text)
        if words.strip(" "):
            self.space = self.space or words.startswith(" ")
            stripped = words.strip(" ")
            self._write(raised(stripped) if is_raised else stripped)
            self.space = words.endswith(" ")
        else:
            self.space = True

    def edge(self, name: str, opening: bool) -> None:
        """Begin or end an element."""
        if name in _PARAGRAPHS:
            self._break(2)
        elif name == "br":
            if opening:
                self._write("\n")
        elif name in _LINES:
            self._break(1)
        elif name in ("td", "th") and not opening:
            self._write("\t")
        elif name == "q":
            self._write("“" if opening else "”")

    def _break(self, wanted: int) -> None:
        self.pieces.append("\n" * (wanted - self.breaks))
        self.breaks = max(self.breaks, wanted)
        self.space = False

    def _write(self, text: str) -> None:
        if self.space and not self.breaks and text not in ("\n", "\t", "”"):
            self.pieces.append(" ")
        self.space = False
        self.pieces.append(text)
        self.breaks = len(text) - len(text.rstrip("\n")) + (self.breaks if not text.strip("\n") else 0)


def _is_unseen(element: html.HtmlElement, root: html.HtmlElement) -> bool:
    if element.tag in _UNSEEN or element.get("hidden") is not None or element.get("role") == "navigation":
        return True
    if element.tag == "footer" and root.tag not in ("article", "main"):
        return not any(parent.tag == "article" for parent in element.iterancestors())
    return _HIDDEN.search(element.get("style") or "") is not None


def _is_note_mark(element: html.HtmlElement) -> bool:
    """A raised link to a place on the same page: the mark of a note, which is no part of its sentence."""
    if element.tag != "sup":
        return False
    parent = element.getparent()
    links = [*element.iterfind(".//a"), *([parent] if parent is not None and parent.tag == "a" else [])]
    return any((link.get("href") or "").startswith("#") for link in links)
