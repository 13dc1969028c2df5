"""`tribe check`: whether a GitOps repository can be merged."""

import json as json_text
import sys
from dataclasses import asdict
from pathlib import Path
from typing import TextIO

import click

from review import terminal
from review.check import check as check_repository
from review.environment import UnknownEnvironment, environments
from review.problem import Problem, Unseen
from review.repository import Repository
from review.verbs.arguments import (
    FOUND,
    charts_option,
    environments_option,
    json_option,
    repository_argument,
)

VERSION = 1


@click.command()
@repository_argument
@environments_option
@charts_option
@json_option
def check(
    repository: Path, names: tuple[str, ...], charts: Path | None, json: TextIO | None
) -> None:
    """Everything that is wrong in it, in all files at once; errors end with exit code 1."""
    checkout = Repository(root=repository)
    wanted = list(names) or environments(checkout)
    if not wanted:
        raise UnknownEnvironment(
            f"{repository} has no environments/<env>/: is it the GitOps repository?"
        )
    problems, unseen = check_repository(checkout, charts=charts, names=wanted)
    if json:
        json.write(as_json(problems, unseen, names=wanted))
    terminal.unjudged(unseen)
    terminal.problems(problems)
    errors = any(problem.severity == "error" for problem in problems)
    if not errors:
        found = "no error" if problems else "no problem"
        click.secho(f"{', '.join(wanted)}: {found} found", fg="green", err=True)
    sys.exit(FOUND if errors else 0)


def as_json(problems: list[Problem], unseen: list[Unseen], *, names: list[str]) -> str:
    """For tools, in a shape that stays:

        {
          "version": 1,
          "environments": ["dev", "staging"],     those that were checked
          "errors": 1, "warnings": 0,
          "problems": [{
            "rule": "quota",                      a word for the rule, which stays the same
            "severity": "error" | "warning",      an error must not be merged
            "message": "…",                       plain words, and the mend
            "path": "spec.hard.pods", "document": "ResourceQuota api-services/quota",
            "file": "platform/templates/quotas.yaml", "application": "platform",
            "environment": "dev",                 empty where it is of all of them
            "line": 12                            from 1, or null; other texts may be empty
          }],
          "unseen": [{                            what nothing is said about, and why
            "what": "chart keda 2.20.2 (https://…)", "why": "it is not here: …",
            "application": "keda", "environment": "dev"
          }]
        }

    A field is added without a new version; one that goes or means something else brings version 2.
    """
    severities = [problem.severity for problem in problems]
    content = {
        "version": VERSION,
        "environments": names,
        "errors": severities.count("error"),
        "warnings": severities.count("warning"),
        "problems": [asdict(problem) for problem in problems],
        "unseen": [asdict(each) for each in unseen],
    }
    return json_text.dumps(content, indent=2, ensure_ascii=False) + "\n"
