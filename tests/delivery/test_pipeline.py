"""The pipeline's command line: what goes from a plan to its approval, and what is refused."""

import json
from contextlib import contextmanager
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from delivery import pipeline
from delivery.pipeline import main, stacks_for
from delivery.terraform import Terraform, TerraformMissing
from delivery.tunnel import WayIn
from stacks.environments import PLATFORM
from stacks.settings import Environment
from tests.delivery.two_stacks import COMMIT, LOWER, UPPER, TwoStacks


@pytest.fixture
def stacks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> TwoStacks:
    """Two stacks of dev, both applied, in the place of those that main.py would write."""
    try:
        made = TwoStacks(tmp_path, Terraform())
    except TerraformMissing as reason:
        pytest.skip(f"NO PLAN WAS MADE: {reason}")
    made.write(given="first")
    made.rounds().converge()
    manifest = {UPPER: {"dependencies": []}, LOWER: {"dependencies": [UPPER]}}
    (tmp_path / "manifest.json").write_text(json.dumps({"stacks": manifest}))
    monkeypatch.setattr(pipeline, "OUTPUT", tmp_path)
    monkeypatch.setattr(pipeline, "synthesize", lambda: None)
    return made


def call(stacks: TwoStacks, *arguments: str) -> Result:
    return CliRunner().invoke(main, [*arguments, "--commit", COMMIT])


def plan(stacks: TwoStacks) -> dict[str, str]:
    """Plan into a fresh folder. Returns what the next job is told."""
    told = stacks.folder / "told"
    told.write_text("")
    result = call(
        stacks,
        *("plan", "dev", "--into", str(stacks.folder / "plans"), "--outputs", str(told)),
        *("--summary", str(stacks.folder / "summary.md")),
    )
    assert result.exit_code == 0, result.output
    return dict(line.split("=", 1) for line in told.read_text().splitlines())


def test_what_was_planned_and_approved_is_applied(stacks: TwoStacks):
    stacks.write(given="second")
    told = plan(stacks)
    assert (told["changes"], told["left"]) == ("true", "true")
    assert f"{UPPER}: has changes" in (stacks.folder / "summary.md").read_text()
    kept = ("--from", str(stacks.folder / "plans"), "--seal", told["seal"])
    assert call(stacks, "apply", "dev", *kept).exit_code == 0
    assert stacks.stands(UPPER)["given"] == "second"
    assert plan(stacks)["left"] == "false"


def test_without_changes_nobody_need_be_asked(stacks: TwoStacks):
    told = plan(stacks)
    assert (told["changes"], told["left"]) == ("false", "false")


def test_another_seal_is_refused_with_code_2(stacks: TwoStacks):
    stacks.write(given="second")
    plan(stacks)
    kept = ("--from", str(stacks.folder / "plans"), "--seal", "0" * 64)
    result = call(stacks, "apply", "dev", *kept)
    assert result.exit_code == 2
    assert "not the one that was approved" in result.output
    assert stacks.stands(UPPER)["given"] == "first"


def test_converge_applies_all_and_then_what_is_in_the_cluster(
    stacks: TwoStacks, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(pipeline, "check_reachable", lambda environment: None)
    monkeypatch.setattr(pipeline, "GITOPS", "lower")  # in its place, reached by a way in
    opened: list[str] = []

    @contextmanager
    def way_in(environment: Environment):
        opened.append(stacks.stands(UPPER)["given"])
        yield WayIn(server="https://127.0.0.1:1", variables={"TF_VAR_server": "x"})

    monkeypatch.setattr(pipeline, "way_in", way_in)
    stacks.write(given="second")
    result = call(stacks, "converge", "dev", "--into", str(stacks.folder / "plans"))
    assert result.exit_code == 0, result.output
    assert opened == ["second"]
    assert stacks.stands(LOWER)["taken"] == "second"


def test_converge_refuses_production(stacks: TwoStacks):
    result = call(stacks, "converge", "prod", "--into", str(stacks.folder / "plans"))
    assert result.exit_code == 2
    assert "prod is production: a person approves its plans" in result.output


def test_an_unknown_environment_is_refused_with_code_2(stacks: TwoStacks):
    result = call(stacks, "plan", "produ", "--into", str(stacks.folder / "plans"))
    assert result.exit_code == 2
    assert "Did you mean prod?" in result.output


def test_the_stack_in_the_cluster_goes_apart_from_the_others(
    synthesis: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(pipeline, "OUTPUT", synthesis)
    for environment in PLATFORM.environments:
        [cluster] = stacks_for(environment, cluster=True)
        assert cluster == f"{environment.name}-gitops"
        others = list(stacks_for(environment, cluster=False))
        assert cluster not in others
        assert others[0] == f"{environment.name}-encryption"
        assert all(
            others.index(need) < others.index(name)
            for name, needs in stacks_for(environment, cluster=False).items()
            for need in needs
        )
