"""Bad answers are refused before anything is written. A file's name in `invalid/` is its claim."""

import json
from pathlib import Path

import pytest
from cookiecutter.exceptions import FailedHookException

from delivery.scaffold import TEMPLATE, bake

CASES = sorted((Path(__file__).parent / "invalid").glob("*.json"))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.stem)
def test_refused(case: Path, tmp_path: Path):
    given = json.loads(case.read_text())
    (name,) = given["answers"]
    with pytest.raises(FailedHookException) as refusal:
        bake(TEMPLATE, given["answers"], into=tmp_path)
    message = str(refusal.value)
    assert given["told"] in message
    assert message.startswith(f"{name}: ") or f"\n{name}: " in message or "Did you mean" in message
    assert message.endswith("Nothing was written.")
    assert not (tmp_path / "made").exists()


def test_all_faults_are_named_at_once(tmp_path: Path):
    answers = {"repository_name": "Gitops", "domain": "x", "region": "here", "colour": "blue"}
    with pytest.raises(FailedHookException) as refusal:
        bake(TEMPLATE, answers, into=tmp_path)
    named = [line.partition(":")[0] for line in str(refusal.value).splitlines()]
    assert named == ["colour", "repository_name", "domain", "region", "Nothing was written."]


@pytest.mark.parametrize("team", ["yes", "null", "1e3", "no", "on"])
def test_words_that_yaml_reads_as_something_else_stay_text(team: str, tmp_path: Path):
    made = bake(TEMPLATE, {"platform_team": team}, into=tmp_path)
    assert f'platform_team: "{team}"' in (made / ".scaffold.yaml").read_text()
    assert f"@tribe-example/{team}" in (made / ".github" / "CODEOWNERS").read_text()
