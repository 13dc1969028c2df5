"""What a change does to each cluster, from two real checkouts in a real git repository."""

import json
import re
import subprocess
import sys

import pytest
from click.testing import CliRunner

from review import markdown
from review.difference import Change, compare
from review.environment import UnknownEnvironment
from review.revision import UnknownRevisionError, at_revision
from tests.review.page.parsed import parsed
from tribe.__main__ import tribe


def git(folder, *arguments):
    identity = ("-c", "user.name=tests", "-c", "user.email=tests@example.com")
    command = ["git", *identity, *arguments]
    return subprocess.run(command, cwd=folder, check=True, capture_output=True, text=True).stdout


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
        return list(compare(base, committed).changes)


def told(changes):
    return [(change.what, change.object) for change in changes]


def test_an_untouched_checkout_changes_no_cluster(committed):
    with at_revision(committed, "main") as base:
        found = compare(base, committed)
    assert (found.changes, found.problems) == ((), ())
    assert found.environments == ("dev",)
    assert [(each.name, each.was, each.is_now, each.objects) for each in found.applications] == [
        ("monitoring", True, True, 1),
        ("orders", True, True, 1),
        ("platform", True, True, 1),
        ("root", True, True, 3),
    ]


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
        found = compare(base, committed)
    assert found.changes
    assert {(each.application, each.what) for each in found.changes} == {("orders", "removed")}
    [orders] = [each for each in found.applications if each.name == "orders"]
    assert (orders.was, orders.is_now, orders.namespace) == (True, False, "api-services")


def test_an_environment_that_is_new_shows_every_object_that_comes(committed, tiny):
    with at_revision(committed, "main") as base:
        for path in sorted((base / "environments" / "dev").rglob("*"), reverse=True):
            path.unlink()
        (base / "environments" / "dev").rmdir()
        found = compare(base, committed)
    assert found.problems == ()
    assert {each.what for each in found.changes if each.environment == "dev"} == {"added"}


def test_what_was_not_rendered_is_said(committed):
    with at_revision(committed, "main") as base:
        found = compare(base, committed)
    assert [(each.application, each.chart) for each in found.not_rendered] == [
        ("monitoring", "stack")
    ]
    assert [each.name for each in found.applications if not each.whole] == ["monitoring"]


def test_an_environment_that_goes_is_an_error(committed):
    with at_revision(committed, "main") as base:
        for path in sorted((committed / "environments" / "dev").rglob("*"), reverse=True):
            path.unlink()
        (committed / "environments" / "dev").rmdir()
        found = compare(base, committed)
    [problem] = [each for each in found.problems if each.rule == "environment"]
    assert (problem.severity, problem.environment) == ("error", "dev")
    assert "is gone, and with it all 4 applications" in problem.message
    assert {each.what for each in found.changes if each.environment == "dev"} == {"removed"}


def test_a_problem_names_its_environment(committed):
    (committed / "services/api-services/orders/values.yaml").write_text("team: [\n")
    with at_revision(committed, "main") as base:
        found = compare(base, committed)
    assert {(each.environment, each.file) for each in found.problems} == {
        ("dev", "services/api-services/orders/values.yaml")
    }


def test_an_environment_that_neither_side_has_is_refused_with_those_that_are_there(committed):
    result = CliRunner().invoke(tribe, ["diff", str(committed), "--env", "test"])
    assert isinstance(result.exception, UnknownEnvironment)
    assert "no environment test" in str(result.exception)
    assert "there are dev" in str(result.exception)


def test_from_nothing_everything_is_added(committed, tmp_path):
    file = tmp_path / "all.json"
    result = CliRunner().invoke(tribe, ["diff", str(committed), "--from-nothing", "--json", file])
    assert result.exit_code == 0, result.output
    found = json.loads(file.read_text())
    assert found["base"] == "nothing"
    [environment] = found["environments"]
    assert {each["status"] for each in environment["applications"]} == {"added"}
    assert {
        change["what"] for each in environment["applications"] for change in each["changes"]
    } == {"added"}


def test_tools_read_every_application_and_its_changes_in_the_shape_that_is_written_down(committed):
    path = committed / "services/api-services/orders/dev/image.yaml"
    path.write_text(path.read_text().replace("1.2.3", "1.2.4"))
    result = CliRunner().invoke(tribe, ["diff", str(committed), "--json", "-"])
    assert result.exit_code == 0, result.output
    found = json.loads(result.stdout)
    [dev] = found.pop("environments")
    missing = [each["chart"] for each in found.pop("not_rendered")]
    assert found == {"version": 1, "base": "main", "problems": []}
    assert missing == ["stack"]
    applications = {each["name"]: each for each in dev["applications"]}
    assert list(applications) == ["monitoring", "orders", "platform", "root"]
    assert {name: each["status"] for name, each in applications.items()} == {
        "monitoring": "unchanged",
        "orders": "changed",
        "platform": "unchanged",
        "root": "unchanged",
    }
    [change] = applications["orders"].pop("changes")
    assert (change["what"], change["object"]) == ("changed", "ConfigMap api-services/orders")
    assert [line for line in change["lines"] if line[0] in "+-"] == [
        "-  image: registry/orders:1.2.3",
        "+  image: registry/orders:1.2.4",
    ]
    assert applications["orders"] == {
        "name": "orders",
        "namespace": "api-services",
        "file": "environments/dev/services.yaml",
        "status": "changed",
        "objects": 1,
        "whole": True,
    }


def test_tools_read_every_problem_and_the_exit_code_is_1(committed):
    (committed / "services/api-services/orders/values.yaml").write_text("team: [\n")
    result = CliRunner().invoke(tribe, ["diff", str(committed), "--json", "-"])
    assert result.exit_code == 1
    [problem] = json.loads(result.stdout)["problems"]
    assert (problem["severity"], problem["environment"], problem["file"]) == (
        "error",
        "dev",
        "services/api-services/orders/values.yaml",
    )


def test_people_who_would_rather_look_get_a_page(committed, tmp_path):
    path = committed / "services/api-services/orders/dev/image.yaml"
    path.write_text(path.read_text().replace("1.2.3", "1.2.4"))
    file = tmp_path / "page.html"
    result = CliRunner().invoke(tribe, ["diff", str(committed), "--html", str(file)])
    assert result.exit_code == 0, result.output
    assert "not rendered: stack 1.2.3" in result.stderr
    found = parsed(file.read_text(encoding="utf-8"))
    [entry] = found.within("details.entry")
    assert entry.within("bdi.name")[0].text == "ConfigMap api-services/orders"
    assert [line.text for line in entry.within("ins")] == ["+  image: registry/orders:1.2.4"]
    assert [line.text for line in entry.within("del")] == ["-  image: registry/orders:1.2.3"]
    [unseen] = [each for each in found.within("section") if "unseen" in str(each.attributes)]
    assert [each.text for each in unseen.within("li")] == [
        "not rendered: stack 1.2.3 (https://charts.example.com/monitoring)"
    ]


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


def test_a_revision_without_a_file_is_an_empty_folder(committed):
    tree = git(committed, "hash-object", "-t", "tree", "-w", "/dev/null").strip()
    empty = git(committed, "commit-tree", tree, "-m", "nothing yet").strip()
    with at_revision(committed, empty) as base:
        assert list(base.iterdir()) == []


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


@pytest.mark.parametrize("option", ["--html", "--json", "--markdown"])
@pytest.mark.parametrize(
    ("path", "said"), [("nowhere/a.txt", "cannot be written"), (".", "is a folder")]
)
def test_what_cannot_be_written_ends_with_code_2(committed, tmp_path, option, path, said):
    result = CliRunner().invoke(tribe, ["diff", str(committed), option, str(tmp_path / path)])
    assert result.exit_code == 2
    assert said in result.stderr
