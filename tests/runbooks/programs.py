"""Which verbs and options the programs in the runbooks have: asked of the programs themselves."""

import functools
import re
import shutil
import subprocess
from pathlib import Path

import botocore.exceptions
import botocore.session
import pytest
from botocore import xform_name

from tests.synthesis import ROOT

SECONDS = 60
PLACES = (ROOT / ".tools" / "bin", ROOT / ".venv" / "bin")
# Options of the AWS CLI that every command takes.
AWS_OPTIONS = frozenset({"query", "output", "region", "profile", "no-paginate"})
# Commands that the AWS CLI puts together from several calls
# (https://docs.aws.amazon.com/cli/latest/reference/).
AWS_OWN = {
    ("s3", "ls"): frozenset({"recursive"}),
    ("s3", "cp"): frozenset({"recursive"}),
    ("eks", "update-kubeconfig"): frozenset({"name", "alias"}),
}


def program(name: str) -> Path:
    """Where a program is. Skips where it is not, and says so."""
    for place in PLACES:
        if (place / name).exists():
            return place / name
    found = shutil.which(name)
    if found is None:
        pytest.skip(f"NOT CHECKED: there is no {name} here. `make test` brings it.")
    return Path(found)


@functools.cache
def told(*command: str) -> str:
    """What a program says of itself."""
    ended = subprocess.run(
        [str(program(command[0])), *command[1:]],
        capture_output=True,
        text=True,
        timeout=SECONDS,
        check=False,
    )
    return ended.stdout


def listed(text: str) -> set[str]:
    """The verbs of a help page: what stands first in its indented lines, before a description."""
    return set(re.findall(r"^ {2,3}([a-z][a-z-]+) {2,}\S", text, flags=re.MULTILINE))


def options(text: str) -> set[str]:
    """The long options of a help page."""
    return set(re.findall(r"--([a-z][a-z-]+)", text))


@functools.cache
def aws_options(service: str, verb: str) -> frozenset[str]:
    """The options of an AWS command. Raises: LookupError where there is no such command."""
    if (service, verb) in AWS_OWN:
        return AWS_OPTIONS | AWS_OWN[service, verb]
    try:
        # The CLI gives S3's own calls another name, because `s3` is its shorthand.
        model = botocore.session.get_session().get_service_model(service.removesuffix("api"))
    except botocore.exceptions.UnknownServiceError as unknown:
        raise LookupError(f"aws has no service {service}") from unknown
    for name in model.operation_names:
        if xform_name(name, "-") == verb:
            shape = model.operation_model(name).input_shape
            members = shape.members if shape else {}
            return AWS_OPTIONS | {xform_name(member, "-") for member in members}
    raise LookupError(f"aws {service} has no command {verb}")
