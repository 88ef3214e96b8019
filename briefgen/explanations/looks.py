"""Codes of themes, fonts, pictures and of what does not fit on its pages."""

from __future__ import annotations

from briefgen.explanations.explanation import ERROR, WARNING, Explanation

EXPLANATIONS = (
    Explanation(
        "does-not-fit",
        ERROR,
        "a document is longer than its pages",
        "With everything optional left out and everything set at its tightest, it still runs over. Nothing is cut "
        "silently, and type never goes below 9 points (8 in notes).",
        "the document does not fit on 1 page: over by 3 lines at the tightest density",
        "shorten the largest blocks, which the hints name; make more of it optional; or raise `pages`.",
    ),
    Explanation(
        "empty-theme",
        ERROR,
        "a theme says nothing",
        "A theme gives page, fonts, styles and colours, or extends one that does.",
        "an empty templates/themes/desk.yaml",
        "begin with `extends: default` and change what you want changed.",
    ),
    Explanation(
        "unknown-theme",
        ERROR,
        "there is no theme of this name",
        "Themes are the files below `templates/themes/`.",
        "extends: defalt",
        "correct the name; `briefgen list` names the themes.",
    ),
    Explanation(
        "circular-theme",
        ERROR,
        "a theme extends itself",
        "Through one or more others it comes back to its own name, so nothing is ever decided.",
        "a.yaml: extends: b      b.yaml: extends: a",
        "let one of them extend `default`.",
    ),
    Explanation(
        "missing-style",
        ERROR,
        "a theme lacks a style",
        "Every kind of block needs its style; one that extends another theme has them all.",
        "a theme without `note`",
        "add the style, or `extends: default`.",
    ),
    Explanation(
        "below-floor",
        ERROR,
        "type or margins are smaller than can be read or printed",
        "Body text has 9 points or more and notes 8, at every density; printers need a margin.",
        "styles: {body: {size: 8}}",
        "make it larger: a tighter page leaves something out instead.",
    ),
    Explanation(
        "low-contrast",
        ERROR,
        "a colour is too pale to be read",
        "Text needs a contrast of 4.5 to 1 against its ground (WCAG 2, 1.4.3).",
        "colours: {quiet: '#bbbbbb'}",
        "choose a darker colour.",
    ),
    Explanation(
        "wrong-colour",
        ERROR,
        "a colour cannot be read",
        "Colours are written in hexadecimal, or are names that the theme gives.",
        "colour: darkish blue",
        "write it as `'#1f3a5f'`, in quotation marks.",
    ),
    Explanation(
        "reference-not-readable",
        ERROR,
        "a theme's reference document cannot be read",
        "A reference is a Word document or template as Word has written them since 2007. It is not there, it is "
        "another kind of file under a Word file's name, or it is damaged.",
        "reference: house.doc",
        "open it in Word or LibreOffice, save it as .docx or .dotx, and name that file.",
    ),
    Explanation(
        "reference-protected",
        ERROR,
        "a theme's reference document is protected by a password",
        "A file that is encrypted as a whole cannot be opened without asking somebody.",
        "reference: house.docx     # with a password to open it",
        "open it in Word, take the password off, and save a copy.",
    ),
    Explanation(
        "reference-unsafe",
        ERROR,
        "a theme's reference document holds what could do harm",
        "Macros, controls and other programs' objects run code; parts that unpack without measure, XML entities, names "
        "that point elsewhere and links out of the workspace are how files attack whoever opens them. Nothing of such "
        "a file is used.",
        "reference: house.dotm",
        "save it in Word as .docx or .dotx, which leaves macros out, with nothing in it but styles, headers, footers "
        "and a logo.",
    ),
    Explanation(
        "reference-links",
        ERROR,
        "a theme's reference document fetches something from elsewhere",
        "A template, picture or object that lies in another file would be fetched by everybody who opens one of our "
        "documents. Links to web and mail addresses are not fetched, and stay.",
        "a letterhead whose logo is linked, not embedded",
        "break the link in Word (File › Info › Edit Links to Files), so that the document holds what it shows.",
    ),
    Explanation(
        "unknown-font",
        ERROR,
        "a style asks for a font that the theme does not name",
        "Fonts are named under `fonts`, with the package or the files that hold them.",
        "styles: {body: {font: sans}}     # and no `sans` under fonts",
        "add it under `fonts`, or use one that is there.",
    ),
    Explanation(
        "font-not-found",
        ERROR,
        "a font's package or file, or a family of this computer, is not there",
        "A theme names its fonts: a Python package, which is the same on every machine, a file, or a family that is "
        "installed on this computer. A house style from Word names families.",
        "fonts: {hangul: {package: pylopdf-fonts-ko}}",
        "install the package that the hint names, or correct the file's name.",
    ),
    Explanation(
        "font-broken",
        ERROR,
        "a font's file cannot be used",
        "The file is damaged or no OpenType font.",
        "the font desk.otf cannot be used: it has no table `cmap`",
        "take another copy of the font.",
    ),
    Explanation(
        "font-not-embedded",
        WARNING,
        "a Word file does without one of its fonts",
        "The font's licence bits (OS/2 fsType) allow it at most in documents that are read and printed, not in "
        "ones that can be edited. The Word file only names it: on another computer its lines may break differently.",
        "the font Gothic A (GothicA.ttf) may not be embedded in a file that can be edited",
        "take another font, or build with --no-embed-fonts for readers who have it.",
    ),
    Explanation(
        "font-licence",
        ERROR,
        "a font says that it may not be embedded",
        "Finished files carry their fonts; this one forbids it (OS/2 fsType).",
        "a font that is licensed for screen use",
        "take another font; those of the default theme may be embedded.",
    ),
    Explanation(
        "missing-glyph",
        ERROR,
        "no font of the theme has a character",
        "It would be printed as an empty box.",
        "a name in Thai, with the default theme",
        "add a font that has it to the theme's `fallback`.",
    ),
    Explanation(
        "image-not-found",
        ERROR,
        "there is no such picture",
        "Pictures are named relative to `templates/`.",
        "![The port](pictures/prot.png)",
        "correct the name, or put the file there.",
    ),
    Explanation(
        "image-not-readable",
        ERROR,
        "a picture cannot be read",
        "The file is no PNG or JPEG, or it is damaged.",
        "![A map](map.svg)",
        "save the picture as PNG or JPEG.",
    ),
    Explanation(
        "picture-unreadable",
        ERROR,
        "a picture cannot be written into the document",
        "The file is no PNG, JPEG or GIF.",
        "a logo that is a renamed TIFF file",
        "save it as PNG.",
    ),
    Explanation(
        "letterhead-too-long",
        ERROR,
        "a line of the letterhead does not fit",
        "The sender's name and each line below it have one line of the band, beside the logo; nothing is cut silently.",
        "letterhead: {name: The Associated Chambers of Commerce of the Harbour Cities and their Hinterland}",
        "shorten it, or make two of `lines` of it.",
    ),
)
