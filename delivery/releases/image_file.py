"""The text of an image.yaml with another image in it, and every other letter as it was."""

from collections.abc import Iterator

import yaml
from yaml.nodes import MappingNode, Node

from delivery.releases.image import Image, read_image
from delivery.releases.refusal import Refused

KEYS = ("repository", "tag", "digest")

Edit = tuple[int, int, str]  # from, to (letters of the text), and what stands there then


def rewritten(text: str, image: Image, *, file: str) -> str:
    """Only the letters of the values change: comments, order, quotes and line ends stay.

    Raises: Refused, where the text has a form in which that cannot be done.
    """
    before = read_image(text, file=file)
    after = text
    node = _image_node(text)
    for start, end, words in sorted(_edits(text, node, before, image), reverse=True):
        after = f"{after[:start]}{words}{after[end:]}"
    # An alias or an anchor would carry the edit elsewhere.
    if _rest(after) != _rest(text) or read_image(after, file=file) != image:
        raise Refused(f"{file} has a form that this cannot edit. Write its image without aliases.")
    return after


def _edits(text: str, node: MappingNode | None, before: Image, image: Image) -> Iterator[Edit]:
    if node is None:
        return
    entries = {key.value: value for key, value in node.value}
    for key, value in entries.items():
        if key in KEYS and getattr(before, key) != getattr(image, key):
            quote = "'" if value.style == "'" else '"'
            yield (*_span(value), f"{quote}{getattr(image, key)}{quote}")
    new = [f'{key}: "{getattr(image, key)}"' for key in KEYS if key not in entries]
    if new and node.flow_style:
        brace = _span(node)[1] - 1
        yield brace, brace, "".join(f", {entry}" for entry in new)
    elif new:
        start, _ = _span(node)
        last = max(_span(value)[1] for value in entries.values())
        indent = " " * (start - text.rfind("\n", 0, start) - 1)
        line_end = text.find("\n", last)
        at = len(text) if line_end < 0 else line_end + 1
        ending = "\r\n" if "\r\n" in text else "\n"
        lines = "".join(f"{indent}{entry}{ending}" for entry in new)
        yield at, at, lines if line_end >= 0 else f"{ending}{lines}"


def _image_node(text: str) -> MappingNode | None:
    """The mapping under `image`; None where it comes from elsewhere, by a merge key."""
    for key, value in yaml.compose(text).value:
        if key.value == "image":
            return value
    return None


def _span(node: Node) -> tuple[int, int]:
    assert node.start_mark, "composed from text"
    assert node.end_mark, "composed from text"
    return node.start_mark.index, node.end_mark.index


def _rest(text: str) -> object:
    """All that the file says beside the image's three values."""
    try:
        said = yaml.safe_load(text)
    except yaml.YAMLError:
        return None
    image = {key: value for key, value in said["image"].items() if key not in KEYS}
    return {**said, "image": image}
