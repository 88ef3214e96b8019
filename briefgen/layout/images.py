"""Images: scaled to the measure, never beyond their natural size at 150 dots an inch or half a page's depth
(four fifths of a landscape page's)."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from briefgen.document import Image
from briefgen.errors import BriefgenError, Problem
from briefgen.layout.galley import Figured, Galley, Strip, anchored, stack
from briefgen.layout.model import Picture, Role
from briefgen.layout.setting import Frame, Setting
from briefgen.layout.tables import set_caption

_POINTS_PER_PIXEL = 72 / 150
_DEEPEST, _DEEPEST_TURNED = 1 / 2, 4 / 5
"""How much of a page's depth an image may take; a landscape page is there for it."""


def set_image(image: Image, frame: Frame, parent: int, setting: Setting) -> Galley:
    """An image with its caption above.

    Raises:
        BriefgenError: `image-not-readable`.
    """
    division = setting.structure.add(Role.DIVISION, parent)
    caption = set_caption(image.caption, frame, division, setting) if image.caption else Galley()
    figure = setting.structure.add(Role.FIGURE, division, description=image.description)
    width, height = _pixels(image)
    deepest = setting.page.depth * (_DEEPEST_TURNED if setting.is_turned else _DEEPEST)
    scale = min(_POINTS_PER_PIXEL, frame.width / max(width, 1), deepest / max(height, 1))
    box = Figured(setting.decided.figures, frame.left, 0, width * scale, height * scale, figure)
    setting.decided.figures += 1
    picture = Picture(frame.left, 0, box.width, box.height, str(_file(image)), figure)
    strip = Strip(box.height, (picture,), figures=(box,))
    galley = anchored(stack((caption, Galley((strip,)))), image.anchor)
    return replace(galley, after=setting.spacing.section, before=setting.spacing.paragraph)


def _pixels(image: Image) -> tuple[int, int]:
    from PIL import Image as Pillow
    from PIL import UnidentifiedImageError

    try:
        with Pillow.open(_file(image)) as opened:
            return opened.size
    except (OSError, UnidentifiedImageError) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else "it is neither PNG nor JPEG"
        message = f"the image {image.path} cannot be read: {reason}"
        hint = "use a PNG or JPEG file, named relative to templates/"
        raise BriefgenError(Problem("image-not-readable", message, image.location, hints=(hint,))) from error


def _file(image: Image) -> Path:
    return image.file or Path(image.path)
