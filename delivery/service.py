"""`tribe service`: a service added to a GitOps repository, and its line to stacks/services.py."""

import sys
from collections.abc import Mapping
from pathlib import Path

import click
from cookiecutter.exceptions import CookiecutterException

from delivery.baking import fill
from delivery.disk_full import reason
from delivery.folder_lock import alone_in
from delivery.service_line import AnotherLine, line_for, with_line
from delivery.stack_folder import ROOT

TEMPLATE = ROOT / "gitops-template" / "service"
STACKS = ROOT / "stacks" / "services.py"


def add_service(repository: Path, answers: Mapping[str, str]) -> Path:
    """Make the service's folder, whole or not at all. Returns the folder.

    answers: of the service template; what is missing is the template's default.
    Raises: CookiecutterException, with all faults and their mends.
    """
    # CODEOWNERS is every service's: two that read it together would each write without the other.
    with alone_in(repository):
        fill(TEMPLATE, answers, into=repository)
    (folder,) = repository.glob(f"services/*/{answers['name']}")
    return folder


def write_line(folder: Path, *, stacks: Path) -> bool:
    """Give the service of `folder` its line in stacks/services.py. Returns whether it was missing.

    Raises: AnotherLine, OSError.
    """
    line = line_for(folder)
    with alone_in(stacks.parent):
        before = stacks.read_text()
        after = with_line(before, line)
        if after == before:
            return False
        draft = stacks.with_suffix(".draft")
        try:
            draft.write_text(after)
            draft.chmod(stacks.stat().st_mode & 0o777)
            draft.replace(stacks)
        except OSError:
            draft.unlink(missing_ok=True)
            raise
    return True


@click.command()
@click.argument("name")
@click.option("--class", "service_class", required=True, help="api, frontend, ai or worker.")
@click.option("--team", required=True, help="The GitHub team that owns it.")
@click.option("--strategy", help="rolling, blueGreen or canary; rolling if not said.")
@click.option("--exposure", help="none, internal, path, nodePort or loadBalancer.")
@click.option("--path", help="What it owns at its class's host; /NAME if not said.")
@click.option("--node-port", help="Port of the nodes, for exposure nodePort.")
@click.option("--port", help="What its container listens on; 8080 if not said, none for a worker.")
@click.option("--health-command", help="Says whether a worker without a port is well.")
@click.option("--queue", help="What a worker works off: sqs or prometheus; sqs if not said.")
@click.option("--queue-query", help="PromQL that counts what waits, for queue prometheus.")
@click.option("--callers", help="Services that may call it, with commas.")
@click.option("--calls", help="Services that it calls, with commas.")
@click.option("--environments", help="Where it runs, with commas; dev if not said.")
@click.option("--image-tag", help="Version of its first image.")
@click.option("--image-digest", help="Digest of its first image; staging and prod need it.")
@click.option(
    "--into",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    default=Path(),
    help="The GitOps repository; this folder if not said.",
)
def main(into: Path, **options: str | None) -> None:
    """Add the service NAME to a GitOps repository."""
    answers = {name: answer for name, answer in options.items() if answer is not None}
    try:
        folder = add_service(into.absolute(), answers)
    except (CookiecutterException, OSError) as error:
        sys.exit(reason(error, folder=into.absolute()))
    try:
        # Installed from a package, the command stands in nobody's repository.
        added = (ROOT / "cdktf.json").is_file() and write_line(folder, stacks=STACKS)
    except (AnotherLine, OSError) as error:
        # Run again, it would only say that the service exists.
        sys.exit(f"{error}\nThe service is made. What is left is that line, by hand.")
    if added:
        click.echo("That line is written.")


if __name__ == "__main__":
    main()
