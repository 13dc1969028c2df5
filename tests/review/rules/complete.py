"""A GitOps repository with nothing to say about it: all example services in all environments."""

import os
import re
import shutil
from collections.abc import Callable, Mapping
from pathlib import Path

from delivery.scaffold import TEMPLATE, bake
from review.check import check
from review.problem import Problem
from review.repository import Repository

DIGEST = f"sha256:{'5e' * 32}"
# What stands for the ids that only AWS can say.
KNOWN = (
    (r"vpc-0{17}", "vpc-0a1b2c3d4e5f60718"),
    (r"0{8}-0{4}-0{4}-0{4}-0{12}", "1b4e28ba-2fa1-41d2-883f-0016d3cca427"),
    (r"_0{9}", "_Ab3dEf9hI"),
    (r"0{26}", "7h2k9m4n6p8q1r3s5t7u9v1w3x"),
)

Edit = Callable[[str], str]
Edits = Mapping[str, Edit | str | None]
"""By path: what becomes of the file's text, a whole new text, or None where the file goes."""


def fresh(folder: Path) -> Path:
    """As it is scaffolded: all example services, in dev."""
    return bake(TEMPLATE, {"example_services": "yes"}, into=folder)


def completed(repository: Path) -> Path:
    """The same with every service promoted to prod with a digest, and every fact known."""
    for facts in repository.glob("environments/*/facts.yaml"):
        text = facts.read_text()
        for pattern, known in KNOWN:
            text = re.sub(pattern, known, text)
        facts.write_text(text)
    for dev in repository.glob("services/*/*/dev"):
        image = dev / "image.yaml"
        image.write_text(image.read_text().replace('digest: ""', f'digest: "{DIGEST}"'))
        for environment in ("staging", "prod"):
            shutil.copytree(dev, dev.with_name(environment))
    return repository


def edited(repository: Path, edits: Edits, *, into: Path) -> Repository:
    """The repository with these edits. Files are links to the first ones: only edited ones cost."""
    copy = shutil.copytree(repository, into / "gitops", copy_function=os.link)
    for path, edit in edits.items():
        file = copy / path
        text = edit if edit is None or isinstance(edit, str) else edit(file.read_text())
        file.unlink(missing_ok=True)  # a link would be written through
        if text is not None:
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text)
    return Repository(root=copy)


def change(old: str, new: str) -> Edit:
    """This text for that one, which must be there."""

    def edit(text: str) -> str:
        assert old in text, f"{old!r} is not in the file any more"
        return text.replace(old, new)

    return edit


def add(more: str) -> Edit:
    """This text at the end."""
    return lambda text: text + more


def found(repository: Repository, environment: str, *, charts: Path | None = None) -> list[Problem]:
    """The problems of one environment."""
    problems, _ = check(repository, names=[environment], charts=charts)
    return problems
