"""Coverage counts a rendered hook as the hook that it was rendered from."""

from pathlib import Path

import pytest

from tools.rendered_hooks import TEMPLATES, RenderedHooks

HOOKS = sorted(TEMPLATES.glob("*/hooks/*.py"))
ASKED = "@{ cookiecutter | tojson }@"


def source(file: Path) -> str | None:
    tracer = RenderedHooks().file_tracer(str(file))
    return tracer.source_filename() if tracer else None


def rendered(hook: Path, file: Path) -> Path:
    text = hook.read_text()
    assert text.count(ASKED) == 1
    file.write_text(text.replace(ASKED, '{"folder": "services/api-services/shop"}'))
    return file


def test_there_is_a_hook_of_each_template() -> None:
    assert [hook.parent.parent.name for hook in HOOKS] == ["repository", "service"]


@pytest.mark.parametrize("hook", HOOKS, ids=lambda hook: hook.parent.parent.name)
def test_a_rendered_hook_is_the_hook(hook: Path, tmp_path: Path) -> None:
    assert source(rendered(hook, tmp_path / "tmpabc123.py")) == str(hook)


def test_whatever_else_is_temporary_is_itself(tmp_path: Path) -> None:
    other = rendered(HOOKS[0], tmp_path / "tmpabc123.py")
    other.write_text(other.read_text().replace("settle(", "settled("))
    assert source(other) is None
    assert source(rendered(HOOKS[0], tmp_path / "post_gen_project.py")) is None
    assert source(tmp_path / "tmpgone.py") is None
