"""The line of a service in stacks/services.py: what it needs of AWS."""

import ast
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

CONSTANT = "SERVICES"
# What a service's folder decides; who builds it, and what else it may do, its line alone says.
DECIDED = {"name", "namespace", "queue"}


class AnotherLine(ValueError):
    """The service has a line already, which says something else."""


def line_of(name: str, *, namespace: str, values: Mapping[str, Any]) -> str:
    """The service's entry of SERVICES. values: its values.yaml."""
    queue = ", queue=True" if (values.get("queue") or {}).get("kind") == "sqs" else ""
    return f'Service(name="{name}", namespace="{namespace}"{queue}),'


def line_for(folder: Path) -> str:
    """The line of the service whose folder this is, services/<namespace>/<name>."""
    values = yaml.safe_load((folder / "values.yaml").read_text())
    return line_of(folder.name, namespace=folder.parent.name, values=values)


def with_line(source: str, line: str) -> str:
    """The text of stacks/services.py with the line as the last of SERVICES; as it is if it has it.

    Raises: AnotherLine if a service of that name is there with other settings.
    """
    services = _services(source)
    wanted = _call(ast.parse(line.removesuffix(",")).body[0])
    for service in services.elts:
        if _name(service) == _name(wanted):
            if _decided(service) == _decided(wanted):
                return source
            there = ast.unparse(service)
            raise AnotherLine(f"stacks/services.py has {there}, not {line} Mend one of the two.")
    lines = source.splitlines(keepends=True)
    if not services.elts:
        at = services.lineno
        return "".join([*lines[: at - 1], f"{CONSTANT} = (\n    {line}\n)\n", *lines[at:]])
    at = services.elts[-1].end_lineno or services.lineno
    return "".join([*lines[:at], f"    {line}\n", *lines[at:]])


def _services(source: str) -> ast.Tuple:
    for node in ast.parse(source).body:
        match node:
            case ast.Assign(targets=[ast.Name(id="SERVICES")], value=ast.Tuple() as services):
                return services
    raise LookupError(f"stacks/services.py has no tuple {CONSTANT}.")


def _call(statement: ast.stmt) -> ast.expr:
    assert isinstance(statement, ast.Expr)
    return statement.value


def _decided(service: ast.expr) -> dict[str | None, str]:
    keywords = service.keywords if isinstance(service, ast.Call) else []
    return {each.arg: ast.dump(each.value) for each in keywords if each.arg in DECIDED}


def _name(service: ast.expr) -> str | None:
    if not isinstance(service, ast.Call):
        return None
    for keyword in service.keywords:
        if keyword.arg == "name" and isinstance(keyword.value, ast.Constant):
            return str(keyword.value.value)
    return None
