"""checkov over the synthesized stacks, or over Terraform's plan of them."""

import json
import os
import subprocess
import tempfile
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from gates.finding import Report, Subject
from gates.synthesis import Stacks

Place = tuple[str, str]
"""Stack and address."""

Locate = Callable[[Mapping[str, Any]], Place | None]
"""Where one of checkov's records belongs; None where it is about no stack."""

# An environment of its own, because checkov pins older versions of what the project uses.
PROGRAM = Path(__file__).parent.parent / "scanners" / ".venv" / "bin" / "checkov"

SECONDS = 240
"""The limit of one run; it takes six, and several times as long on a busy machine."""


class CheckovMissingError(Exception):
    """checkov is not installed."""


class CheckovFailedError(Exception):
    """checkov ended, but did not look at everything; what it said is in the message."""


def scan_stacks(stacks: Stacks) -> Report:
    """What checkov says of the stacks as they are synthesized (`terraform_json`).

    Raises: CheckovMissingError, CheckovFailedError.
    """

    def locate(record: Mapping[str, Any]) -> Place:
        stack = Path(record["file_path"]).parts[1]
        return stack, _address(record["resource"], stacks[stack])

    with tempfile.TemporaryDirectory() as name:
        for stack, document in stacks.items():
            folder = Path(name) / stack
            folder.mkdir()
            (folder / "cdk.tf.json").write_text(json.dumps(document, indent=2))
        report = _run("--directory", name, framework="terraform_json", locate=locate)
    _demand_all(report, {stack for stack, document in stacks.items() if "resource" in document})
    return report


def scan_plan(plan: Path) -> Report:
    """What checkov says of a plan in JSON, in which each stack is the module of its name.

    Here it reads policies too, which in the synthesized form are only text to it.
    Raises: CheckovMissingError, CheckovFailedError.
    """

    def locate(record: Mapping[str, Any]) -> Place | None:
        module, stack, *address = record["resource"].split(".", 2)
        # What is in no module is the provider, which only the plan has in this form.
        return (stack, address[0]) if module == "module" else None

    report = _run("--file", str(plan), framework="terraform_plan", locate=locate)
    planned = json.loads(plan.read_text())["planned_values"]["root_module"]["child_modules"]
    _demand_all(report, {each["address"].removeprefix("module.") for each in planned})
    return report


def scan_manifests(environments: Mapping[str, Sequence[Mapping[str, Any]]]) -> Report:
    """What checkov says of Kubernetes documents, environment by environment.

    It does not know Argo's Rollout, whose pods are those of a Deployment: it is shown one.
    Raises: CheckovMissingError, CheckovFailedError.
    """

    def locate(record: Mapping[str, Any]) -> Place:
        return Path(record["file_path"]).stem, record["resource"]

    with tempfile.TemporaryDirectory() as name:
        for environment, documents in environments.items():
            text = "\n---\n".join(json.dumps(_known(document)) for document in documents)
            Path(name, f"{environment}.yaml").write_text(text)
        report = _run("--directory", name, framework="kubernetes", locate=locate)
    _demand_all(report, set(environments))
    return report


def _known(document: Mapping[str, Any]) -> dict[str, Any]:
    if document["kind"] != "Rollout":
        return dict(document)
    return {**document, "apiVersion": "apps/v1", "kind": "Deployment"}


def _run(*what: str, framework: str, locate: Locate) -> Report:
    if not PROGRAM.exists():
        raise CheckovMissingError("checkov is not installed. `make test` installs it.")
    # By its interpreter: the script's own first line breaks where the path to it has a space.
    command = [str(PROGRAM.with_name("python")), str(PROGRAM), *what, "--framework", framework]
    # It would ask a server for its guidelines, and end with 1 where a check failed: what ends
    # badly now is checkov itself.
    command += ["--skip-download", "--soft-fail", "--output", "json"]
    with tempfile.TemporaryDirectory() as nowhere:  # it reads settings from where it runs
        ended = subprocess.run(
            command,
            cwd=nowhere,
            env={**os.environ, "HOME": nowhere, "LOG_LEVEL": "WARNING"},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=SECONDS,
            check=False,
        )
    if ended.returncode:
        raise CheckovFailedError(f"checkov ended with {ended.returncode}:\n{ended.stderr}")
    return read(ended.stdout, locate=locate)


def read(output: str, *, locate: Locate) -> Report:
    """A report from what checkov printed.

    Raises: CheckovFailedError where it could not parse a file, or did not run one check.
    """
    results = json.loads(output).get("results", {})
    # checkov leaves out what it cannot parse, says so here, and is content.
    if unread := results.get("parsing_errors"):
        raise CheckovFailedError(f"checkov could not parse {', '.join(unread)}.")
    if results.get("skipped_checks"):
        raise CheckovFailedError("checkov skipped checks: waivers are ours, in stacks.waivers.")
    failed = _subjects(results.get("failed_checks", []), locate)
    passed = _subjects(results.get("passed_checks", []), locate)
    if not failed and not passed:
        raise CheckovFailedError("checkov ran no check.")
    return Report(failed=failed, passed=frozenset(passed))


def _subjects(records: Sequence[Mapping[str, Any]], locate: Locate) -> dict[Subject, str]:
    placed = ((locate(record), record) for record in records)
    return {
        Subject(stack=place[0], address=place[1], check=record["check_id"]): record["check_name"]
        for place, record in placed
        if place
    }


def _address(resource: str, document: Mapping[str, Any]) -> str:
    """The address of what checkov's terraform_json form names by its block and name alone."""
    block, name = resource.split(".", 1)
    if block not in ("resource", "data"):
        return resource
    # A construct's id is unique in its stack, and the name in Terraform follows from it.
    kinds = [kind for kind, named in document[block].items() if name in named]
    if len(kinds) != 1:
        raise CheckovFailedError(
            f"{resource} is {kinds or 'nothing'} in its stack: cannot tell which."
        )
    return f"{kinds[0]}.{name}"


def _demand_all(report: Report, stacks: set[str]) -> None:
    unseen = stacks - {stack for stack, _ in report.resources}
    if unseen:
        raise CheckovFailedError(f"checkov looked at nothing in {', '.join(sorted(unseen))}.")
