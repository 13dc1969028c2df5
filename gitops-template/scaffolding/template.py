"""The part of a Jinja extension that both templates share: judge, derive, stage."""

import os
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, ClassVar, cast

from jinja2 import Environment
from jinja2.ext import Extension

from scaffolding.answers import Refused, Rule, read_answers
from scaffolding.staging import staging_name


class Template(Extension):
    """A template's project folder is called `@{staging(cookiecutter)}@`: the first thing rendered.

    So all that stands here runs before any folder exists.
    """

    rules: ClassVar[Mapping[str, Rule]]
    """Every answer of the template's cookiecutter.json, and what it may be."""

    def __init__(self, environment: Environment) -> None:
        super().__init__(environment)
        cast(dict[str, Any], environment.globals)["staging"] = self.staging

    def faults(self, answers: Mapping[str, str], *, output_dir: Path) -> Iterable[str]:
        """What is wrong between answers, or between them and what stands in `output_dir`."""
        raise NotImplementedError

    def derive(self, answers: Mapping[str, str], *, output_dir: Path) -> Mapping[str, Any]:
        """What files need beside the answers, as JSON; they read it as `cookiecutter.<name>`."""
        raise NotImplementedError

    def target(self, answers: Mapping[str, str]) -> str:
        """Name of what is made, for the staging folder."""
        raise NotImplementedError

    def staging(self, asked: dict[str, Any]) -> str:
        """The hidden folder to write to. Raises: Refused, before anything is written."""
        output_dir = Path(asked["_output_dir"])
        answers = read_answers(asked, rules=self.rules)
        faults = [*_place_faults(output_dir), *self.faults(answers, output_dir=output_dir)]
        if faults:
            raise Refused(faults)
        # Cookiecutter renders every file, and the hooks, with this very mapping.
        asked.update(self.derive(answers, output_dir=output_dir))
        asked["scaffolding"] = {
            "package": str(Path(__file__).parent.parent),
            "output_dir": str(output_dir),
        }
        return staging_name(output_dir, self.target(answers))


def _place_faults(output_dir: Path) -> Iterable[str]:
    standing = next(path for path in (output_dir, *output_dir.parents) if path.exists())
    if not standing.is_dir():
        yield f"output folder: {standing} is a file. Name a folder."
    elif not os.access(standing, os.W_OK | os.X_OK):
        yield f"output folder: {standing} cannot be written to. Name another, or change its rights."
