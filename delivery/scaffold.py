"""The GitOps repository, scaffolded from the platform's settings: nothing is typed twice."""

import errno
import json
import re
import shutil
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import click
from cookiecutter.exceptions import CookiecutterException

from delivery.baking import fill
from delivery.disk_full import reason
from delivery.service import STACKS
from delivery.service_line import AnotherLine, line_for, with_line
from delivery.stack_folder import OUTPUT, ROOT, synthesize
from review.environment import environments
from review.render import render
from review.repository import FileProblem, Repository
from stacks.environments import PLATFORM
from stacks.settings import Platform

TEMPLATE = ROOT / "gitops-template" / "repository"


class ScaffoldError(Exception):
    """The repository was not scaffolded; the message says why, and the mend."""


def answers_from(platform: Platform, *, examples: bool = False) -> dict[str, str]:
    """The template's answers, as the settings give them. Raises: ScaffoldError."""
    environments = {each.name: each for each in platform.environments}
    missing = {"dev", "staging", "prod"} ^ environments.keys()
    if missing:
        raise ScaffoldError(
            f"environments: the template has dev, staging and prod; the settings differ in "
            f"{', '.join(sorted(missing))}. Add the folder gitops-template/…/environments/<name>."
        )
    prod = environments["prod"]
    repository = prod.gitops.repository
    organisation, name = re.split(r"[/:]", repository.url.removesuffix(".git"))[-2:]
    derived = f"https://github.com/{organisation}/{name}.git"
    platform_repository = re.split(r"[:/@]", prod.deployer.apply.removeprefix("repo:"))
    return {
        "repository_name": name,
        "organisation": organisation,
        "repository_url": "" if repository.url == derived else repository.url,
        "branch": repository.revision,
        "platform_repository": platform_repository[1],
        "domain": prod.domain.name,
        "region": prod.region,
        "registry_account_id": platform.registry.id,
        **{f"{each.name}_account_id": each.account.id for each in platform.environments},
        "kubernetes_version": prod.cluster.kubernetes_version,
        "example_services": "yes" if examples else "no",
    }


def scaffold(target: Path, *, answers: Mapping[str, str], synthesis: Path) -> None:
    """Make `target`, whole or not at all. synthesis: the folder with every stack's cdk.tf.json.

    Raises: ScaffoldError, CookiecutterException, OSError; then `target` is as it was.
    """
    if target.exists() or target.is_symlink():
        raise ScaffoldError(
            f"{target} exists already. Bring it up to date by `tribe update {target}`, "
            "which keeps its edits, or name another."
        )
    with tempfile.TemporaryDirectory(prefix="scaffold-") as elsewhere:
        made = bake(TEMPLATE, answers, into=Path(elsewhere))
        for facts in made.glob("environments/*/facts.yaml"):
            write_known_facts(facts, synthesis=synthesis)
        check(made)
        move(made, target)


def bake(template: Path, answers: Mapping[str, str], *, into: Path) -> Path:
    """Make a template's project below a folder. Returns what it made."""
    fill(template, answers, into=into / "made")
    return next((into / "made").iterdir())


def write_known_facts(facts: Path, *, synthesis: Path) -> None:
    """Put what the settings already decide in place of the template's own: the stacks' outputs that
    name no resource. The rest waits for Terraform.
    """
    stack = json.loads(
        (synthesis / "stacks" / f"{facts.parent.name}-outputs" / "cdk.tf.json").read_text()
    )
    outputs: Mapping[str, Mapping[str, Any]] = stack["output"]

    def known(line: re.Match[str]) -> str:
        name = re.sub("[A-Z]", lambda letter: f"_{letter[0].lower()}", line["name"])
        value = outputs.get(name, {}).get("value", "${")
        return line[0] if "${" in value else f"  {line['name']}: {json.dumps(value)}"

    facts.write_text(re.sub(r"^  (?P<name>\w+): .*$", known, facts.read_text(), flags=re.MULTILINE))


def check(repository: Path) -> None:
    """Raises: ScaffoldError, if an environment does not render as Argo CD would render it."""
    try:
        problems = [
            str(problem)
            for environment in environments(Repository(root=repository))
            for problem in render(repository, environment).problems
        ]
    except FileProblem as problem:
        problems = [str(problem)]
    if problems:
        raise ScaffoldError("\n".join(problems))


def move(made: Path, target: Path) -> None:
    """Give `made` its place in one step, though it stand on another file system."""
    target.parent.mkdir(parents=True, exist_ok=True)
    try:
        made.rename(target)
    except OSError as error:
        if error.errno != errno.EXDEV:
            raise
        with tempfile.TemporaryDirectory(prefix=f".{target.name}-", dir=target.parent) as beside:
            shutil.copytree(made, Path(beside, target.name), symlinks=True).rename(target)


def told_of_lines(repository: Path, *, stacks: Path) -> str:
    """Whether the services of a fresh repository have their lines in stacks/services.py, and what
    is left to write. Raises: AnotherLine, if one says something else.
    """
    source = stacks.read_text()
    lines = [line_for(folder) for folder in sorted(repository.glob("services/*/*"))]
    lacking = [line for line in lines if with_line(source, line) != source]
    if not lacking:
        return "What its services need of AWS stands in stacks/services.py already."
    return "\n    ".join(["Once, in SERVICES of stacks/services.py:", *lacking])


@click.command()
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--examples", is_flag=True, help="With the example services, one of each class.")
def main(folder: Path, examples: bool) -> None:
    """Make the GitOps repository in FOLDER, with this platform's own settings."""
    try:
        answers = answers_from(PLATFORM, examples=examples)
        synthesize()
        scaffold(folder.absolute(), answers=answers, synthesis=OUTPUT)
    except (ScaffoldError, CookiecutterException, OSError) as error:
        told = reason(error, folder=folder.absolute().parent)
        sys.exit(f"{told.removesuffix('Nothing was written.').rstrip()}\nNothing was written.")
    if examples:
        try:
            click.echo(told_of_lines(folder, stacks=STACKS))
        except (AnotherLine, OSError) as error:
            sys.exit(f"{error}\n{folder} is made. What is left is that line, by hand.")
    click.echo(
        f"{folder} is made. Next: git init, commit, and push it to {answers['repository_name']}."
    )


if __name__ == "__main__":
    main()
