"""What changes, for those who read a pull request."""

from delivery.releases.image import Image


def difference(before: Image | None, after: Image) -> str:
    """A table of an image's three parts, from and to."""
    rows = [
        (part, getattr(before, part) if before else "", getattr(after, part))
        for part in ("repository", "tag", "digest")
    ]
    lines = [f"| {part} | {_code(old)} | {_code(new)} |" for part, old, new in rows]
    return "\n".join(["| | from | to |", "|---|---|---|", *lines])


def _code(text: str) -> str:
    return f"`{text}`" if text else "none"
