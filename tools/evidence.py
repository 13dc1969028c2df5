"""What pages that are checked name as evidence: files and tests, as they are on the disk."""

import ast
from pathlib import Path
from urllib.parse import quote

ROOT = Path(__file__).parent.parent
# As people read it, and as it is.
TEMPLATE = ("gitops-template/…/", "gitops-template/repository/@{staging(cookiecutter)}@/")


def path_of(file: str) -> str:
    """A path as it is on the disk."""
    return file.replace(*TEMPLATE)


def link(file: str, text: str) -> str:
    """A link to a file, in a page of docs/."""
    return f"[`{text}`](../{quote(path_of(file))})"


def link_to_test(node_id: str) -> str:
    """node_id: pytest's, without parameters."""
    return link(node_id.split("::")[0], node_id)


def is_there(node_id: str) -> bool:
    """Whether there is such a test. Its file is read, and not run."""
    file, _, function = node_id.partition("::")
    if not function.startswith("test_") or not (ROOT / file).is_file():
        return False
    body = ast.parse((ROOT / file).read_text()).body
    return any(isinstance(node, ast.FunctionDef) and node.name == function for node in body)
