"""Drift's issue: one for an environment, open as long as something differs."""

import json
from pathlib import Path

import pytest

from tests.synthesis import ROOT
from tests.workflows.shell import Shell
from tests.workflows.workflow import Workflow

WORKFLOW = Workflow(ROOT / ".github/workflows/drift-environment.yaml")
TELL = WORKFLOW.script("One issue, open while something differs")
[LOOK] = [step["run"] for _, step in WORKFLOW.steps if step.get("id") == "drift"]

GH = """
    import subprocess
    issues = json.loads((state / "issues.json").read_text())
    def given(option):
        return arguments[arguments.index(option) + 1]
    match arguments[:2]:
        case ["issue", "list"]:
            listed = [each for each in issues if each["open"] and each["label"] == given("--label")]
            done = subprocess.run(["jq", "-r", given("--jq")], input=json.dumps(listed), text=True)
            sys.exit(done.returncode)
        case ["issue", "create"]:
            number = len(issues) + 1
            body = Path(given("--body-file")).read_text()
            issues.append({"number": number, "open": True, "label": given("--label"), "body": body})
        case ["issue", "edit"]:
            [issue] = [each for each in issues if each["number"] == int(arguments[2])]
            issue["body"] = Path(given("--body-file")).read_text()
        case ["issue", "close"]:
            [issue] = [each for each in issues if each["number"] == int(arguments[2])]
            issue["open"] = False
        case ["label", "create"]:
            assert "--force" in arguments  # it may exist
        case _:
            sys.exit(f"unknown: {arguments}")
    (state / "issues.json").write_text(json.dumps(issues))
"""


@pytest.fixture
def shell(tmp_path: Path) -> Shell:
    made = Shell(tmp_path, {"ENVIRONMENT": "dev", "GITHUB_SHA": "a" * 40})
    made.stand_in("gh", GH)
    (tmp_path / "issues.json").write_text("[]")
    return made


def tell(shell: Shell, text: str | None) -> list[dict]:
    """Tell of this drift, or of none. Returns all issues."""
    (shell.folder / "drift.md").write_text(text or "")
    ended = shell.run(TELL, DRIFTED="true" if text else "false")
    assert ended.returncode == 0, ended.stderr
    return json.loads((shell.folder / "issues.json").read_text())


def test_the_issue_is_opened_once_edited_while_it_lasts_and_closed_at_its_end(shell: Shell):
    assert tell(shell, None) == []
    [issue] = tell(shell, "one")
    assert (issue["body"], issue["open"], issue["label"]) == ("one", True, "drift-dev")
    [issue] = tell(shell, "two")
    assert (issue["body"], issue["open"]) == ("two", True)
    [issue] = tell(shell, None)
    assert not issue["open"]
    assert [each["open"] for each in tell(shell, "three")] == [False, True]


def test_each_environment_has_its_own(shell: Shell):
    tell(shell, "of dev")
    shell.variables["ENVIRONMENT"] = "prod"
    issues = tell(shell, "of prod")
    assert {each["label"]: each["body"] for each in issues} == {
        "drift-dev": "of dev",
        "drift-prod": "of prod",
    }


@pytest.mark.parametrize(
    ("code", "ended", "outputs"),
    [(0, 0, {"drifted": "false"}), (1, 0, {"drifted": "true"}), (2, 2, {})],
)
def test_what_could_not_look_is_neither_drift_nor_none(
    shell: Shell, code: int, ended: int, outputs: dict[str, str]
):
    shell.stand_in("python", f"sys.exit({code})")
    script = LOOK.replace(".venv/bin/python", "python")
    assert script != LOOK
    assert shell.run(script).returncode == ended
    assert shell.outputs == outputs
