"""The share of branches is counted part by part: a good one does not carry a bad one."""

import json
from pathlib import Path

import pytest

from tools.branches import LEAST, PARTS, Taken, by_part, main


def report(**files: tuple[int, int]) -> dict:
    return {
        "files": {
            name.replace("__", "/"): {
                "summary": {"num_branches": branches, "covered_branches": taken}
            }
            for name, (branches, taken) in files.items()
        }
    }


ALL = {"stacks__a": (100, 96), "review__b__c": (200, 200), "gitops-template__d": (10, 10)}


def test_files_of_one_folder_are_one_part() -> None:
    found = by_part(report(**ALL, stacks__deeper__e=(100, 94)))
    assert found["stacks"] == Taken(branches=200, taken=190)
    assert found["stacks"].percent == LEAST
    assert tuple(found) == PARTS


@pytest.mark.parametrize(
    ("change", "code", "said"),
    [
        ({}, 0, ""),
        ({"stacks__a": (100, 94)}, 1, "Under 95 %: stacks. Test what is not taken.\n"),
        ({"gitops-template__d": (0, 0)}, 1, "Under 95 %: gitops-template. Test what is not"),
    ],
    ids=["all above", "one under", "one not measured"],
)
def test_one_part_under_the_promise_ends_with_1(
    change: dict, code: int, said: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "report.json"
    file.write_text(json.dumps(report(**{**ALL, **change})))
    assert main(str(file)) == code
    printed = capsys.readouterr()
    assert printed.err.startswith(said)
    assert [line.split()[0] for line in printed.out.splitlines()] == list(PARTS)
