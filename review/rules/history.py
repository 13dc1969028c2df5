"""Images that services named before, from git's history."""

import re
import subprocess
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

FIELD = re.compile(r"^ +(tag|digest): *[\"']?([^\"'\s#]*)", re.MULTILINE)
SECONDS = 60
# More than an image.yaml has: each version is told whole.
LINES = 99


@dataclass(frozen=True, kw_only=True)
class Named:
    """A tag and a digest that an image.yaml has named together; empty where it has not."""

    tag: str
    digest: str


@dataclass(frozen=True, kw_only=True)
class History:
    """named: by file, every version of it. whole: whether git knows all commits there were."""

    named: Mapping[str, list[Named]]
    whole: bool


def history(root: Path, files: Iterable[str]) -> History:
    """What these files have named in all commits before. Nothing, where there is no git."""
    wanted = list(files)
    if not wanted:
        return History(named={}, whole=True)
    shallow = _git(root, "rev-parse", "--is-shallow-repository")
    text = _git(
        root, "log", "--relative", "--no-renames", "--no-color", "--no-ext-diff", "--format=",
        "--patch", f"--unified={LINES}", "--src-prefix=a/", "--dst-prefix=b/", "--", *wanted,
    )  # fmt: skip
    if shallow is None or not text:
        return History(named={}, whole=False)
    found: defaultdict[str, list[Named]] = defaultdict(list)
    for file, named in _versions(text):
        found[file].append(named)
    return History(named=found, whole=shallow.strip() == "false")


def _versions(patches: str) -> Iterator[tuple[str, Named]]:
    """The file and what it named, after each change."""
    for patch in re.split(r"^diff --git ", patches, flags=re.MULTILINE)[1:]:
        head, hunk, body = patch.partition("\n@@")
        file = re.search(r"^\+\+\+ b/(.+)$", head, re.MULTILINE)
        if file and hunk:
            after = "\n".join(line[1:] for line in body.splitlines() if not line.startswith("-"))
            fields = dict(FIELD.findall(after))
            yield file[1], Named(tag=fields.get("tag", ""), digest=fields.get("digest", ""))


def _git(root: Path, *arguments: str) -> str | None:
    """git's answer; None where it has none."""
    try:
        done = subprocess.run(
            ["git", "-C", str(root), *arguments],
            capture_output=True,
            text=True,
            errors="replace",
            timeout=SECONDS,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired):
        return None
    return None if done.returncode else done.stdout
