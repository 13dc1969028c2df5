"""Who imports whom, read from the text of the project's own modules."""

import ast
import sys
from functools import cache
from pathlib import Path

from tests.synthesis import ROOT


@cache
def modules(folder: str) -> dict[str, Path]:
    """Dotted name → file of each module below a folder of the project."""
    return {
        ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__"): path
        for path in sorted((ROOT / folder).rglob("*.py"))
        if ".venv" not in path.parts
    }


@cache
def imports(module: str) -> frozenset[str]:
    """Every module that a module imports, wherever in its text; relative ones spelled out."""
    path = modules(module.partition(".")[0])[module]
    package = module if path.name == "__init__.py" else module.rpartition(".")[0]
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            if node.level:
                parts = package.split(".")
                parent = ".".join(parts[: len(parts) - node.level + 1])
                whole = f"{parent}.{node.module}" if node.module else parent
            else:
                whole = node.module or ""
            # `from stacks import kernel` names a module, `from stacks.kernel import x` not.
            below = {f"{whole}.{alias.name}" for alias in node.names}
            found |= below & modules(whole.partition(".")[0]).keys() or {whole}
    return frozenset(found)


def importing(prefix: str, *forbidden: str) -> list[str]:
    """`module imports other`, for modules under `prefix` and others under what is forbidden."""
    return [
        f"{module} imports {other}"
        for module in modules(prefix.partition(".")[0])
        if module == prefix or module.startswith(f"{prefix}.")
        for other in sorted(imports(module))
        if any(other == each or other.startswith((f"{each}.", f"{each}_")) for each in forbidden)
    ]


def outside(prefix: str, *allowed: str) -> list[str]:
    """`module imports other`, for others that are neither allowed nor Python's own."""
    return [
        f"{module} imports {other}"
        for module in modules(prefix.partition(".")[0])
        if module == prefix or module.startswith(f"{prefix}.")
        for other in sorted(imports(module))
        if other.partition(".")[0] not in sys.stdlib_module_names
        and not any(other == each or other.startswith(f"{each}.") for each in allowed)
    ]
