"""The repository is scaffolded from the settings, whole or not at all."""

import dataclasses
import errno
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner

from delivery import scaffold as scaffolding
from delivery.scaffold import TEMPLATE, ScaffoldError, answers_from, move, scaffold, told_of_lines
from delivery.stack_folder import ROOT
from stacks.environments import PLATFORM

SECONDS = 120


def test_the_templates_own_defaults_are_this_platforms_settings():
    defaults = json.loads((TEMPLATE / "cookiecutter.json").read_text())
    answers = answers_from(PLATFORM)
    assert {name: defaults[name] for name in answers} == answers
    assert defaults.keys() - answers.keys() - {"platform_team"} == {
        name for name in defaults if name.startswith("_")
    }


def with_repository(url: str):
    """The platform with another GitOps repository."""
    environments = tuple(
        dataclasses.replace(
            each,
            gitops=dataclasses.replace(
                each.gitops,
                repository=dataclasses.replace(each.gitops.repository, url=url, private=True),
                notifications=None,
            ),
        )
        for each in PLATFORM.environments
    )
    return dataclasses.replace(PLATFORM, environments=environments)


@pytest.mark.parametrize(
    ("url", "name", "address"),
    [
        ("https://github.com/shop/clusters.git", "clusters", ""),
        (
            "git@git.example.com:shop/clusters.git",
            "clusters",
            "git@git.example.com:shop/clusters.git",
        ),
    ],
)
def test_the_repositorys_address_is_the_one_that_argo_cd_watches(url: str, name: str, address: str):
    answers = answers_from(with_repository(url))
    assert answers["repository_name"] == name
    assert answers["organisation"] == "shop"
    assert answers["repository_url"] == address


def test_an_environment_that_the_template_lacks_is_refused():
    fewer = dataclasses.replace(PLATFORM, environments=PLATFORM.environments[:2])
    with pytest.raises(ScaffoldError, match="prod"):
        answers_from(fewer)


def test_the_settings_facts_come_before_the_templates(synthesis: Path, tmp_path: Path):
    """Whoever changes an address plan in the settings finds it in the repository."""
    changed = tmp_path / "synthesis"
    for environment in ("dev", "staging", "prod"):
        stack = Path("stacks", f"{environment}-outputs", "cdk.tf.json")
        (changed / stack).parent.mkdir(parents=True)
        text = (synthesis / stack).read_text().replace("10.10.0.0/16", "10.99.0.0/16")
        (changed / stack).write_text(text)
    scaffold(tmp_path / "gitops", answers=answers_from(PLATFORM), synthesis=changed)
    facts = yaml.safe_load((tmp_path / "gitops/environments/dev/facts.yaml").read_text())["facts"]
    assert facts["vpcCidr"] == "10.99.0.0/16"
    assert facts["vpcId"] == "vpc-00000000000000000"
    assert facts["accountId"] == "222222222222"


def test_what_stands_there_stays(synthesis: Path, tmp_path: Path):
    mine = tmp_path / "gitops" / "README.md"
    mine.parent.mkdir()
    mine.write_text("ours")
    with pytest.raises(ScaffoldError, match="tribe update"):
        scaffold(mine.parent, answers=answers_from(PLATFORM), synthesis=synthesis)
    assert [each.name for each in mine.parent.iterdir()] == ["README.md"]


def test_what_cannot_be_read_is_not_moved_into_place(
    synthesis: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    def broken(facts: Path, *, synthesis: Path) -> None:
        facts.write_text("facts: [")

    monkeypatch.setattr(scaffolding, "write_known_facts", broken)
    with pytest.raises(ScaffoldError, match=r"environments/\w+/facts.yaml"):
        scaffold(tmp_path / "gitops", answers=answers_from(PLATFORM), synthesis=synthesis)
    assert list(tmp_path.iterdir()) == []


def test_another_file_system_makes_no_difference(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    made = tmp_path / "elsewhere" / "gitops"
    made.mkdir(parents=True)
    (made / "README.md").write_text("made")
    rename = Path.rename

    def across(self: Path, target: Path) -> Path:
        if self.parent.name == "elsewhere":
            raise OSError(errno.EXDEV, "Invalid cross-device link")
        return rename(self, target)

    monkeypatch.setattr(Path, "rename", across)
    move(made, tmp_path / "here" / "gitops")
    assert [each.name for each in (tmp_path / "here").iterdir()] == ["gitops"]
    assert (tmp_path / "here" / "gitops" / "README.md").read_text() == "made"


@pytest.mark.parametrize("seconds", [0.3, 0.9, 1.5])
def test_killed_midway_it_leaves_nothing_and_run_again_it_succeeds(seconds: float, tmp_path: Path):
    target = tmp_path / "here" / "gitops"
    target.parent.mkdir()
    (tmp_path / "temporary").mkdir()
    program = (
        "import sys; from pathlib import Path; from delivery.scaffold import *;"
        "from stacks.environments import PLATFORM;"
        f"scaffold(Path({str(target)!r}), answers=answers_from(PLATFORM), synthesis=OUTPUT)"
    )
    outputs = tmp_path / "outputs"
    for environment in ("dev", "staging", "prod"):
        stack = outputs / "stacks" / f"{environment}-outputs" / "cdk.tf.json"
        stack.parent.mkdir(parents=True)
        stack.write_text('{"output": {}}')
    program = program.replace("OUTPUT", f"Path({str(outputs)!r})")
    command = [sys.executable, "-c", program]
    environment = {**os.environ, "TMPDIR": str(tmp_path / "temporary"), "PYTHONPATH": str(ROOT)}
    process = subprocess.Popen(command, env=environment, cwd=tmp_path)
    time.sleep(seconds)
    process.send_signal(signal.SIGKILL)
    process.wait(SECONDS)
    if not target.exists():
        assert list(target.parent.iterdir()) == []
        again = subprocess.run(command, env=environment, cwd=tmp_path, timeout=SECONDS, check=False)
        assert again.returncode == 0
    assert [each.name for each in target.parent.iterdir()] == ["gitops"]
    assert (target / "environments" / "prod" / "services.yaml").is_file()


def test_the_command_says_what_comes_next(
    synthesis: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(scaffolding, "synthesize", lambda: None)
    monkeypatch.setattr(scaffolding, "OUTPUT", synthesis)
    target = str(tmp_path / "gitops")
    first = CliRunner().invoke(scaffolding.main, [target])
    assert first.exit_code == 0, first.output
    assert "Next: git init" in first.output
    assert "stacks/services.py" not in first.output
    second = CliRunner().invoke(scaffolding.main, [target])
    assert second.exit_code == 1
    assert second.output.endswith("Nothing was written.\n")


def test_the_examples_lines_are_said_once_to_be_there(
    synthesis: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
):
    monkeypatch.setattr(scaffolding, "synthesize", lambda: None)
    monkeypatch.setattr(scaffolding, "OUTPUT", synthesis)
    target = tmp_path / "gitops"
    ended = CliRunner().invoke(scaffolding.main, [str(target), "--examples"])
    assert ended.exit_code == 0, ended.output
    assert "stands in stacks/services.py already" in ended.output
    hooks = capfd.readouterr().out
    assert hooks.count(" is made, for ") == 4
    assert "SERVICES" not in hooks
    stacks = tmp_path / "services.py"
    stacks.write_text("SERVICES = ()\n")
    told = told_of_lines(target, stacks=stacks)
    assert told.count("    Service(") == 4
    assert 'Service(name="notifications", namespace="api-services", queue=True),' in told
