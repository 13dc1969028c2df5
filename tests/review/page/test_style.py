"""The page can be read: enough contrast, in light and in dark, and signs beside all colours."""

import re

import pytest

from review.page.content import SIGNS
from review.page.html import TEMPLATES

STYLE = (TEMPLATES / "style.css").read_text()

# Text (and what a sign is drawn in) on what it stands on.
TEXTS = [
    ("text", "ground"),
    ("text", "panel"),
    ("soft", "ground"),
    ("soft", "panel"),
    ("soft", "still-ground"),
    ("link", "ground"),
    *((what, "ground") for what in ("added", "changed", "removed", "replaced", "moved")),
    *((what, f"{what}-ground") for what in ("added", "changed", "removed", "replaced", "moved")),
    *(("text", f"{what}-ground") for what in ("added", "changed", "removed", "replaced", "moved")),
]


def colours(scheme: str) -> dict[str, str]:
    light, dark = re.findall(r":root \{(.*?)\}", STYLE, re.DOTALL)[:2]
    return dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", light if scheme == "light" else dark))


def luminance(colour: str) -> float:
    """https://www.w3.org/TR/WCAG22/#dfn-relative-luminance"""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("text", "ground"), TEXTS)
def test_text_stands_out_from_its_ground(scheme: str, text: str, ground: str) -> None:
    # https://www.w3.org/TR/WCAG22/#contrast-minimum
    own = colours(scheme)
    assert contrast(own[text], own[ground]) >= 4.5


def test_light_and_dark_name_the_same_colours() -> None:
    assert colours("light").keys() == colours("dark").keys()
    used = set(re.findall(r"var\(--([\w-]+)\)", STYLE))
    assert used == colours("light").keys()


def test_no_two_kinds_of_change_have_the_same_sign() -> None:
    assert len(set(SIGNS.values())) == len(SIGNS)
