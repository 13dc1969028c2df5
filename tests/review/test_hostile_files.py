"""Files made to stop the reader: each is a problem with its place, and never waited for."""

import os
from pathlib import Path

import pytest
from click.testing import CliRunner

from review import go_yaml, keys
from review.go_yaml import YamlError
from review.helm import engine
from tests.review.conftest import Make
from tribe.__main__ import tribe

FILE = "docs/a.yaml"
DEEP = f"a: {'[' * 5000}{']' * 5000}\n"
# Each line nine times the one before: more values than there is memory for, in ten lines.
LAUGHS = "a0: &a0 [x]\n" + "".join(
    f"a{line}: &a{line} [{', '.join([f'*a{line - 1}'] * 9)}]\n" for line in range(1, 12)
)


def problems(root: Path) -> str:
    result = CliRunner().invoke(tribe, ["check", str(root)], catch_exceptions=False)
    assert result.exit_code == 1
    return result.output


def test_a_link_that_leads_to_itself_is_a_problem(tiny: Make) -> None:
    root = tiny().root
    (root / "docs").mkdir()
    (root / FILE).symlink_to("a.yaml")
    assert f"{FILE}\n  is a link that leads back to itself" in problems(root)


def test_a_pipe_is_not_waited_for(tiny: Make) -> None:
    root = tiny().root
    (root / "docs").mkdir()
    os.mkfifo(root / FILE)
    assert f"{FILE}\n  is no plain file" in problems(root)


def test_what_is_nested_too_deeply_is_a_problem(tiny: Make) -> None:
    assert f"{FILE}\n  is no YAML: it is nested too deeply" in problems(tiny({FILE: DEEP}).root)


@pytest.mark.parametrize("read", [go_yaml.read, engine().read], ids=["PyYAML", "Helm"])
def test_neither_reader_ends_in_its_own_depth(read) -> None:
    with pytest.raises(YamlError):
        read(DEEP)


def test_aliases_of_aliases_are_looked_at_once() -> None:
    twice = f"{LAUGHS}b: 1\nb: 2\n"
    found = [(each.rule, each.line) for each in keys.check(twice, file=FILE)]
    assert found == [("duplicate-key", 14)]
