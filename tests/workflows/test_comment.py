"""The comment on a pull request: one, edited by each push; nothing that comes in is believed."""

import json
from pathlib import Path

import pytest

from tests.synthesis import ROOT
from tests.workflows.shell import Shell
from tests.workflows.workflow import Workflow

SCRIPT = Workflow(ROOT / ".github/workflows/comment.yaml").script("Create the comment, or edit it")
SHA = "a" * 40
MARKER = "<!-- tribe: what this change does -->"

# GitHub, as far as the script asks it: pull requests, the run's artifact, comments.
GH = """
    import subprocess
    def read(name):
        return json.loads((state / name).read_text())
    def answer(value):
        if "--jq" in arguments:
            jq = ["jq", "-r", arguments[arguments.index("--jq") + 1]]
            sys.exit(subprocess.run(jq, input=json.dumps(value), text=True).returncode)
        print(json.dumps(value))
    if arguments[:2] == ["run", "download"]:
        folder = Path(arguments[arguments.index("--dir") + 1])
        folder.mkdir()
        if (state / "link").exists():
            (folder / "comment.md").symlink_to("/etc/passwd")
        else:
            (folder / "comment.md").write_bytes((state / "given.md").read_bytes())
        sys.exit()
    [path] = [each for each in arguments if each.startswith("repos/")]
    comments = read("comments.json")
    method = arguments[arguments.index("--method") + 1] if "--method" in arguments else "GET"
    if path.endswith("/pulls"):
        answer(read("pulls.json"))
    elif "/artifacts?" in path:
        answer({"artifacts": read("artifacts.json")})
    elif method == "POST":
        body = read(arguments[arguments.index("--input") + 1])["body"]
        bot = {"login": "github-actions[bot]"}
        comments.append({"id": len(comments) + 1, "user": bot, "body": body})
        (state / "comments.json").write_text(json.dumps(comments))
    elif method == "PATCH":
        [comment] = [each for each in comments if each["id"] == int(path.rpartition("/")[2])]
        comment["body"] = read(arguments[arguments.index("--input") + 1])["body"]
        (state / "comments.json").write_text(json.dumps(comments))
    else:
        answer(comments)
"""


@pytest.fixture
def shell(tmp_path: Path) -> Shell:
    made = Shell(
        tmp_path,
        {
            "GITHUB_REPOSITORY": "tribe-example/platform",
            "GITHUB_SERVER_URL": "https://github.com",
            "HEAD_OWNER": "ada",
            "HEAD_BRANCH": "faster",
            "HEAD_SHA": SHA,
            "RUN_ID": "7",
        },
    )
    made.stand_in("gh", GH)
    write(made, "pulls.json", [{"number": 12, "head": {"sha": SHA}}])
    write(made, "artifacts.json", [{"size_in_bytes": 500}])
    write(made, "comments.json", [])
    (tmp_path / "given.md").write_text("One deployment changes.\n")
    return made


def write(shell: Shell, name: str, value: object) -> None:
    (shell.folder / name).write_text(json.dumps(value))


def comments(shell: Shell) -> list[str]:
    return [each["body"] for each in json.loads((shell.folder / "comments.json").read_text())]


def run(shell: Shell) -> None:
    for left in (shell.folder / "artifact").glob("*"):
        left.unlink()
    if (shell.folder / "artifact").exists():
        (shell.folder / "artifact").rmdir()
    ended = shell.run(SCRIPT)
    assert ended.returncode == 0, ended.stdout + ended.stderr


def test_the_first_run_creates_it_and_the_next_edits_it(shell: Shell):
    run(shell)
    [first] = comments(shell)
    assert first.startswith(f"{MARKER}\nOne deployment changes.")
    assert "https://github.com/tribe-example/platform/actions/runs/7" in first
    (shell.folder / "given.md").write_text("Nothing changes.\n")
    run(shell)
    [second] = comments(shell)
    assert second.startswith(f"{MARKER}\nNothing changes.")


def test_a_comment_of_someone_else_is_not_touched(shell: Shell):
    theirs = {"id": 1, "user": {"login": "eve"}, "body": f"{MARKER}\nApproved."}
    write(shell, "comments.json", [theirs])
    run(shell)
    assert comments(shell)[0] == theirs["body"]
    assert len(comments(shell)) == 2


def test_which_pull_request_it_is_the_event_says_and_github_confirms(shell: Shell):
    write(
        shell,
        "pulls.json",
        [{"number": 11, "head": {"sha": "b" * 40}}, {"number": 12, "head": {"sha": SHA}}],
    )
    run(shell)
    [post] = [each for each in shell.called if "POST" in each]
    assert "repos/tribe-example/platform/issues/12/comments" in post
    [asked] = [each for each in shell.called if "repos/tribe-example/platform/pulls" in each]
    assert "head=ada:faster" in asked


@pytest.mark.parametrize(("file", "value"), [("pulls.json", []), ("artifacts.json", [])])
def test_without_a_pull_request_or_a_review_nothing_is_said(shell: Shell, file: str, value: list):
    write(shell, file, value)
    run(shell)
    assert comments(shell) == []


def test_a_review_whose_commit_is_no_longer_the_newest_is_not_said(shell: Shell):
    write(shell, "pulls.json", [{"number": 12, "head": {"sha": "b" * 40}}])
    run(shell)
    assert comments(shell) == []


def test_what_is_too_long_is_cut_to_what_github_takes(shell: Shell):
    (shell.folder / "given.md").write_text("é" * 70_000)
    run(shell)
    [body] = comments(shell)
    assert 60_000 < len(body) < 65_536
    assert "… cut here" in body


def test_an_artifact_too_large_to_be_a_comment_is_not_even_fetched(shell: Shell):
    write(shell, "artifacts.json", [{"size_in_bytes": 2_000_000}])
    ended = shell.run(SCRIPT)
    assert ended.returncode == 1
    assert "at most 1000000 are taken" in ended.stdout
    assert not [each for each in shell.called if each[1:3] == ["run", "download"]]


def test_an_artifact_that_is_a_link_leads_nowhere(shell: Shell):
    (shell.folder / "link").touch()
    ended = shell.run(SCRIPT)
    assert ended.returncode == 1
    assert "no plain file" in ended.stdout
    assert comments(shell) == []


@pytest.mark.parametrize(
    "text", ["$(touch owned)", "`touch owned`", '"; touch owned; "', "%0A\x00é"]
)
def test_what_is_in_it_stays_text(shell: Shell, text: str):
    (shell.folder / "given.md").write_text(text)
    (shell.folder / "pulls.json").write_text(json.dumps([{"number": 12, "head": {"sha": SHA}}]))
    shell.variables["HEAD_BRANCH"] = text.replace("\x00", "")
    run(shell)
    assert text.replace("\x00", "") in comments(shell)[0].replace("\x00", "")
    assert not (shell.folder / "owned").exists()
