"""The page is one file that works without any other, and the same each time."""

import base64
import hashlib
import os
import re
import subprocess
import sys
from collections import Counter
from pathlib import Path

from review.page.html import written
from tests.review.page.parsed import parsed
from tests.review.page.samples import stacks

URL_ATTRIBUTES = ("src", "href", "action", "srcset", "data", "poster", "xlink:href", "formaction")


def test_nothing_is_asked_for_from_anywhere():
    found = parsed(written(stacks()))
    urls = [
        each.attributes[name]
        for each in found.within("")
        for name in URL_ATTRIBUTES
        if name in each.attributes
    ]
    assert urls
    assert all(url.startswith("#") for url in urls)
    [style] = found.within("style")
    assert not re.search(r"url\(|@import|@font-face", style.text)
    [script] = found.within("script")
    assert not re.search(r"fetch|XMLHttpRequest|import\(|WebSocket|innerHTML|eval", script.text)


def test_the_policy_allows_this_style_and_this_script_and_nothing_else():
    found = parsed(written(stacks()))
    [policy] = [
        each.attributes["content"]
        for each in found.within("meta")
        if each.attributes.get("http-equiv") == "Content-Security-Policy"
    ]
    hashes = {}
    for tag in ("style", "script"):
        [element] = found.within(tag)
        digest = base64.b64encode(hashlib.sha256(element.text.encode()).digest()).decode()
        hashes[tag] = f"'sha256-{digest}'"
    assert dict(rule.split(" ", 1) for rule in policy.split("; ")) == {
        "default-src": "'none'",
        "style-src": hashes["style"],
        "script-src": hashes["script"],
        "base-uri": "'none'",
        "form-action": "'none'",
    }


def test_no_element_needs_what_the_policy_forbids():
    attributes = Counter(
        name for each in parsed(written(stacks())).within("") for name in each.attributes
    )
    assert not [name for name in attributes if name == "style" or name.startswith("on")]


def test_the_same_content_gives_the_same_bytes_in_another_process():
    program = (
        "import sys; from review.page.html import written; "
        "from tests.review.page.samples import stacks; sys.stdout.write(written(stacks()))"
    )
    texts = [
        subprocess.run(
            [sys.executable, "-c", program],
            cwd=Path(__file__).parents[3],
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONIOENCODING": "utf-8"},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    ]
    assert texts[0] == texts[1] == written(stacks()).encode()
