"""Facts: from Terraform's outputs into the GitOps repository's `environments/<env>/facts.yaml`."""

import difflib
import sys
import tempfile
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import TextIO

import click
import yaml

from delivery.stack_folder import StackFolder, synthesize
from delivery.terraform import Terraform, TerraformFailed, TerraformMissing
from stacks.environments import PLATFORM
from stacks.facts import Facts, FactsError, read_facts
from stacks.settings import SettingsError

HEAD = "# Written by `make facts ENV={environment}`, from Terraform's outputs. Edits are lost.\n"


def facts_yaml(facts: Facts) -> str:
    """The file's text: `facts:` and below it the contract's names as Helm spells names."""
    named = {_camel_case(name): value for name, value in asdict(facts).items()}
    # Quoted, every one: an account id of digits, or a version, must stay text.
    body = yaml.safe_dump({"facts": named}, sort_keys=False, default_style='"', width=1000)
    return HEAD.format(environment=facts.environment) + body.replace('"facts":', "facts:", 1)


def write_facts(facts: Facts, repository: Path) -> str:
    """Write `environments/<env>/facts.yaml` in one step. Returns the difference.

    Raises: NotADirectoryError where `repository` has no such environment.
    """
    folder = repository / "environments" / facts.environment
    if not folder.is_dir():
        raise NotADirectoryError(f"{folder} does not exist: is {repository} the GitOps repository?")
    target = folder / "facts.yaml"
    before = target.read_text() if target.exists() else ""
    after = facts_yaml(facts)
    if after == before:
        return ""
    with tempfile.NamedTemporaryFile("w", dir=folder, prefix=".facts-", delete=False) as draft:
        draft.write(after)
    try:
        Path(draft.name).chmod(0o644)  # a temporary file is its maker's alone
        Path(draft.name).replace(target)
    except OSError:
        Path(draft.name).unlink()
        raise
    name = f"environments/{facts.environment}/facts.yaml"
    lines = difflib.unified_diff(
        before.splitlines(), after.splitlines(), f"a/{name}", f"b/{name}", lineterm=""
    )
    return "\n".join(lines)


def outputs_of(environment: str) -> Mapping[str, object]:
    """Outputs of the environment's last stack. Raises: TerraformFailed, TerraformMissing."""
    synthesize()
    stack = StackFolder.of(f"{environment}-outputs", terraform=Terraform())
    stack.init()
    return stack.outputs()


@click.command()
@click.argument("environment")
@click.option(
    "--into",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="The GitOps repository.",
)
@click.option(
    "--from",
    "source",
    type=click.File(),
    help="`terraform output -json` of before, instead of now.",
)
def main(environment: str, into: Path | None, source: TextIO | None) -> None:
    """Show the facts of ENVIRONMENT, or write them into the GitOps repository."""
    try:
        name = PLATFORM.environment(environment).name
        given = _outputs_in(source.read()) if source else outputs_of(name)
        facts = read_facts(given)
    except (SettingsError, FactsError, TerraformFailed, TerraformMissing) as error:
        sys.exit(f"{error}\nNothing was written.")
    if into is None:
        click.echo(facts_yaml(facts), nl=False)
        return
    try:
        difference = write_facts(facts, into)
    except OSError as error:
        sys.exit(f"{error}\nNothing was written.")
    click.echo(difference or f"environments/{name}/facts.yaml is up to date.")


def _outputs_in(text: str) -> dict[str, object]:
    return {name: output["value"] for name, output in yaml.safe_load(text).items()}


def _camel_case(name: str) -> str:
    first, *rest = name.split("_")
    return first + "".join(word.capitalize() for word in rest)


if __name__ == "__main__":
    main()
