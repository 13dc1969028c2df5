"""A page as one HTML file that asks for nothing else: no network, no other file."""

import base64
import hashlib
import unicodedata
from functools import cache
from itertools import accumulate
from pathlib import Path
from typing import Any

import jinja2
from markupsafe import Markup

from review.page.choose import choose
from review.page.content import SIGNS, Box, Environment, Map, Page
from review.page.drawing import HEIGHT, WIDTH, path
from review.page.visible import visible

TEMPLATES = Path(__file__).parent / "templates"

ENDS = {"+": "ins", "-": "del", "@": "i"}
"""Which element a line of a difference is, by its first letter; the others are span."""


def written(page: Page) -> str:
    """The whole file. The same content gives the same text, everywhere and always."""
    style, script = (
        Markup((TEMPLATES / name).read_text(encoding="utf-8"))
        for name in ("style.css", "script.js")
    )
    return (
        _environment()
        .get_template("page.html.jinja")
        .render(
            page=page,
            shown=choose(page),
            signs=SIGNS,
            box_width=WIDTH,
            box_height=HEIGHT,
            style=style,
            script=script,
            style_hash=_hash(style),
            script_hash=_hash(script),
        )
    )


@cache
def _environment() -> jinja2.Environment:
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(TEMPLATES),
        autoescape=True,
        finalize=_finalize,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {
        "counted": counted,
        "element": lambda line: ENDS.get(line[:1], "span"),
        "label": label,
        "path": path,
    }
    return environment


def _finalize(value: Any) -> Any:
    """Every text that is written, before it is escaped; what is HTML already stays."""
    return value if isinstance(value, Markup) or not isinstance(value, str) else visible(value)


def _hash(text: str) -> Markup:
    """As a policy names an inline style or script: https://www.w3.org/TR/CSP3/#grammardef-hash-source"""
    digest = hashlib.sha256(text.encode()).digest()
    return Markup("'sha256-{}'").format(base64.b64encode(digest).decode())


def counted(part: Box | Map | Environment | Page) -> str:
    """`2 removed, 1 added`, what weighs most first; empty where nothing changes."""
    told = [f"{part.counts[what]:,} {what}" for what in SIGNS if part.counts[what]]
    if part.settings:
        told.append(f"{part.settings:,} {'setting' if part.settings == 1 else 'settings'}")
    return ", ".join(told)


def label(name: str, room: int) -> str:
    """As much of a name as there is room for, in letters; letters of East Asia take two places."""
    text = visible(name)
    wide = [2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in text]
    if sum(wide) <= room:
        return text
    fitting = sum(taken < room for taken in accumulate(wide))
    return f"{text[:fitting]}…"
