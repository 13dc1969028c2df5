"""Files that cannot be read are problems of their own, wherever they are named."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from review.check import check
from review.environment import UnknownEnvironment
from review.repository import FileProblem, Repository
from review.urls import own_url
from tests.review.conftest import Make
from tests.review.tiny import PLATFORM, URL
from tribe.__main__ import tribe


@pytest.mark.parametrize(
    ("path", "says"),
    [
        ("gone.yaml", "is not there"),
        ("folder", "is a folder, and a file is meant"),
        ("latin.yaml", "is not UTF-8: invalid start byte at byte 6"),
    ],
)
def test_why_it_cannot_be_read_is_said(tmp_path: Path, path: str, says: str) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "latin.yaml").write_bytes("team: Zürich\n".encode("latin-1").replace(b"Z", b""))
    with pytest.raises(FileProblem) as refused:
        Repository(root=tmp_path).text(path)
    assert (refused.value.problem.file, refused.value.problem.message) == (path, says)


def test_a_file_in_another_encoding_is_one_problem_of_the_check(tiny: Make) -> None:
    repository = tiny()
    (repository.root / "monitoring" / "notes.yaml").write_bytes(b"team: Z\xfcrich\n")
    problems, _ = check(repository)
    assert [(each.rule, each.file) for each in problems if each.severity == "error"] == [
        ("file", "monitoring/notes.yaml")
    ]


@pytest.mark.parametrize("text", ["[]\n", "facts: none\n", "other: {}\n"])
def test_facts_that_are_no_object_keep_their_environment_from_rendering(
    tiny: Make, text: str
) -> None:
    problems, _ = check(tiny({"environments/dev/facts.yaml": text}))
    assert ("facts", "environments/dev/facts.yaml", "dev", "has no object `facts`") in [
        (each.rule, each.file, each.environment, each.message) for each in problems
    ]


def test_a_repository_without_environments_cannot_be_checked(tmp_path: Path) -> None:
    ended = CliRunner().invoke(tribe, ["check", str(tmp_path)])
    assert isinstance(ended.exception, UnknownEnvironment)
    assert "has no environments/<env>/: is it the GitOps repository?" in str(ended.exception)


def test_what_is_no_manifest_of_the_root_is_a_problem_of_the_root(tiny: Make) -> None:
    broken = "apiVersion: v1\nkind: ConfigMap\nmetadata: {}\n"
    problems, _ = check(tiny({"environments/dev/more.yaml": broken}))
    assert [
        (each.rule, each.file, each.application)
        for each in problems
        if each.file == "environments/dev/more.yaml"
    ] == [("not-a-document", "environments/dev/more.yaml", "root")]


def test_sources_of_two_repositories_leave_open_which_is_this_one(tiny: Make) -> None:
    def named(name: str) -> dict:
        return {"spec": {"source": {"repoURL": f"https://git.example.com/{name}.git"}}}

    assert own_url([named("a"), named("a")]) == "https://git.example.com/a.git"
    assert own_url([named("a"), named("b")]) == ""
    text = PLATFORM.replace("name: platform", "name: other").replace(URL, "https://x.example/b.git")
    files = {"environments/dev/services.yaml": None, "environments/dev/monitoring.yaml": None}
    repository = tiny({**files, "environments/dev/other.yaml": text})
    problems, _ = check(Repository(root=repository.root))
    assert [each.message for each in problems if each.rule == "repository-url"] == [
        "cannot tell this repository from others: say its URL"
    ]
