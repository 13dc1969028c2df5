"""A plugin of coverage: what a template's hook does is counted as the hook's own.

Cookiecutter renders a hook into a temporary file and runs that. The file is gone when the report is
made; line by line it is the hook, but for the one line that takes in the answers.
"""

from collections.abc import Mapping
from pathlib import Path

from coverage import CoveragePlugin, FileTracer
from coverage.plugin_support import Plugins

TEMPLATES = Path(__file__).parent.parent / "gitops-template"
RENDERED = "@{"  # begins what Cookiecutter fills in


class _Hook(FileTracer):
    def __init__(self, source: Path) -> None:
        self._source = source

    def source_filename(self) -> str:
        return str(self._source)


class RenderedHooks(CoveragePlugin):
    """Knows the hooks by their text."""

    def __init__(self) -> None:
        self._hooks = {
            file: file.read_text().splitlines() for file in TEMPLATES.glob("*/hooks/*.py")
        }

    def file_tracer(self, filename: str) -> FileTracer | None:
        file = Path(filename)
        # Cookiecutter's own file stands in the folder for temporary files, by a name of its making.
        if not file.name.startswith("tmp") or not file.is_file():
            return None
        lines = file.read_text(errors="replace").splitlines()
        return next((_Hook(hook) for hook, text in self._hooks.items() if _same(text, lines)), None)

    def file_reporter(self, filename: str) -> str:
        return "python"


def _same(hook: list[str], rendered: list[str]) -> bool:
    return len(hook) == len(rendered) and all(
        RENDERED in line or line == filled for line, filled in zip(hook, rendered, strict=True)
    )


def coverage_init(registry: Plugins, options: Mapping[str, str]) -> None:
    """Called by coverage."""
    registry.add_file_tracer(RenderedHooks())
