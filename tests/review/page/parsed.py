"""A page as a parser reads it: what it holds, not how it is written."""

from collections import Counter
from dataclasses import dataclass, field
from html.parser import HTMLParser

VOID = {"meta", "input", "link", "br", "img"}


@dataclass
class Element:
    tag: str
    attributes: dict[str, str]
    parent: "Element | None" = None
    text: str = ""
    """All text in it, however deep."""
    children: list["Element"] = field(default_factory=list)

    @property
    def classes(self) -> list[str]:
        return self.attributes.get("class", "").split()

    def within(self, selector: str) -> list["Element"]:
        """Elements below it: `tag`, `.class` or `tag.class`."""
        tag, _, name = selector.partition(".")
        found = []
        for child in self.children:
            if tag in ("", child.tag) and (not name or name in child.classes):
                found.append(child)
            found += child.within(selector)
        return found


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = self.open = Element("", {})
        self.unbalanced: list[str] = []

    def handle_starttag(self, tag, attrs):
        element = Element(tag, {name: value or "" for name, value in attrs}, self.open)
        assert len(element.attributes) == len(attrs), f"{tag} has an attribute twice"
        self.open.children.append(element)
        if tag not in VOID:
            self.open = element

    def handle_startendtag(self, tag, attrs):
        self.open.children.append(
            Element(tag, {name: value or "" for name, value in attrs}, self.open)
        )

    def handle_endtag(self, tag):
        if tag != self.open.tag:
            self.unbalanced.append(f"</{tag}> in <{self.open.tag}>")
        assert self.open.parent is not None
        self.open = self.open.parent

    def handle_data(self, data):
        each = self.open
        while each is not None:
            each.text += data
            each = each.parent

    def handle_comment(self, data):
        raise AssertionError(f"a comment: {data}")


def parsed(html: str) -> Element:
    """Raises: AssertionError, where a tag is not closed where it was opened."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    assert reader.unbalanced == []
    assert reader.open is reader.root
    return reader.root


def skeleton(root: Element) -> Counter[tuple[str, ...]]:
    """Every tag with the names of its attributes, counted: what no name or value may alter."""
    found: Counter[tuple[str, ...]] = Counter()
    for child in root.children:
        found[child.tag, *sorted(child.attributes)] += 1
        found += skeleton(child)
    return found


def identified(root: Element) -> dict[str, Element]:
    """Elements by id. Raises: AssertionError, where two have the same."""
    found: dict[str, Element] = {}
    for each in root.within(""):
        if "id" in each.attributes:
            assert each.attributes["id"] not in found
            found[each.attributes["id"]] = each
    return found
