"""What a change does to each cluster, from two real checkouts in a real git repository."""

import re
import subprocess
import sys

import pytest
from click.testing import CliRunner

from review import markdown
from review.difference import Change, compare
from review.revision import UnknownRevisionError, at_revision
from tribe.__main__ import tribe


def git(folder, *arguments):
    identity = ("-c", "user.name=tests", "-c", "user.email=tests@example.com")
    subprocess.run(
        ["git", *identity, *arguments], cwd=folder, check=True, capture_output=True, text=True
    )


@pytest.fixture
def committed(tiny):
    """The tiny repository, committed as `main`. Returns its folder."""
    folder = tiny().root
    git(folder, "init", "--quiet", "--initial-branch=main")
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--message=first")
    return folder


def changed(committed, path, text):
    target = committed / path
    before = target.read_text() if target.exists() else ""
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(text(before) if callable(text) else text)
    with at_revision(committed, "main") as base:
        return compare(base, committed)[0]


def told(changes):
    return [(change.what, change.object) for change in changes]


def test_an_untouched_checkout_changes_no_cluster(committed):
    with at_revision(committed, "main") as base:
        assert compare(base, committed) == ([], [])


def test_a_comment_changes_no_cluster(committed):
    path = "services/api-services/orders/values.yaml"
    assert changed(committed, path, lambda text: f"# said anew\n{text}") == []


def test_a_changed_value_shows_as_the_line_of_the_object_that_it_reaches(committed):
    path = "services/api-services/orders/dev/image.yaml"
    [change] = changed(committed, path, lambda text: text.replace("1.2.3", "1.2.4"))
    assert (change.environment, change.application, change.what) == ("dev", "orders", "changed")
    touched = [line for line in change.lines if re.match(r"[+-]", line)]
    assert [line[0] for line in touched] == ["-", "+"]
    assert "1.2.3" in touched[0]
    assert "1.2.4" in touched[1]


def test_a_service_that_leaves_shows_every_object_that_goes(committed):
    (committed / "services/api-services/orders/dev/image.yaml").unlink()
    with at_revision(committed, "main") as base:
        changes, _ = compare(base, committed)
    assert changes
    assert {(change.application, change.what) for change in changes} == {("orders", "removed")}


def test_an_environment_that_is_new_shows_every_object_that_comes(committed, tiny):
    with at_revision(committed, "main") as base:
        for path in sorted((base / "environments" / "dev").rglob("*"), reverse=True):
            path.unlink()
        (base / "environments" / "dev").rmdir()
        changes, problems = compare(base, committed)
    assert problems == []
    assert {change.what for change in changes if change.environment == "dev"} == {"added"}


def test_the_base_is_read_without_touching_the_checkout(committed):
    (committed / "untracked.txt").write_text("mine")
    with at_revision(committed, "main") as base:
        assert not (base / "untracked.txt").exists()
    status = subprocess.run(
        ["git", "status", "--porcelain"], cwd=committed, capture_output=True, text=True, check=True
    )
    assert status.stdout == "?? untracked.txt\n"


def test_an_unknown_revision_is_refused_by_name(committed):
    with (
        pytest.raises(UnknownRevisionError, match="no revision 'nowhere'"),
        at_revision(committed, "nowhere"),
    ):
        pass


def test_the_command_ends_with_code_2_where_the_revision_is_unknown(committed):
    ended = subprocess.run(
        [sys.executable, "-m", "tribe", "diff", str(committed), "--base", "nowhere"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert ended.returncode == 2
    assert "no revision 'nowhere'" in ended.stderr


def test_the_comment_has_a_table_and_folds_every_object(committed):
    path = committed / "services/api-services/orders/dev/image.yaml"
    path.write_text(path.read_text().replace("1.2.3", "1.2.4"))
    result = CliRunner().invoke(tribe, ["diff", str(committed), "--markdown", "-"])
    assert result.exit_code == 0, result.output
    assert "| dev | orders |  | 1 |  |" in result.stdout
    assert result.stdout.count("<details>") == result.stdout.count("</details>") == 1


def change(number, lines):
    return Change(
        environment="dev",
        application="orders",
        what="changed",
        object=f"ConfigMap api-services/{number}",
        lines=lines,
    )


def test_a_comment_too_long_for_github_says_what_it_leaves_out():
    text = markdown.difference([change(number, ("+" + "x" * 9_000,)) for number in range(10)])
    assert len(text) < 65_536
    assert "4 more objects change, and do not fit here" in text


def test_a_value_cannot_end_the_block_that_shows_it():
    text = markdown.difference([change(1, ("+```", "+</details>"))])
    assert "\n````diff\n+```\n" in text
