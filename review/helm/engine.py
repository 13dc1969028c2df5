"""What both forms of Helm can do."""

from collections.abc import Iterator, Sequence
from typing import Any, Protocol

from review.helm.release import ChartError, Manifest, Release


class Engine(Protocol):
    def render(self, release: Release) -> list[Manifest]:
        """Every template's output, those with nothing in them left out. Raises: ChartError."""

    def render_all(self, releases: Sequence[Release]) -> Iterator[list[Manifest] | ChartError]:
        """For each release what `render` gives or raises."""

    def read(self, text: str) -> Any:
        """The first YAML document of a text, as Go reads it. Raises: review.go_yaml.YamlError."""

    def evaluate(self, templates: list[str], contexts: list[dict[str, Any]]) -> list[list[str]]:
        """Every Go template with every context as its dot; a missing key is an error.

        Returns: a row for each context. Raises: ChartError.
        """
