"""`tribe release`: one file, one commit, and nobody's work undone."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml

from delivery.releases import bump
from tests.delivery.releases.checkout import Checkout, Remote, write_hook
from tests.delivery.releases.small import digest, image
from tests.delivery.releases.verbs import Ended, run
from tests.synthesis import ROOT

FILE = "services/api-services/orders/dev/image.yaml"
OTHER = "services/api-services/thumbs/dev/image.yaml"


def release(
    checkout: Checkout, tag: str, letter: str, *more: str, service: str = "orders"
) -> Ended:
    return run(checkout, "release", service, "--tag", tag, "--digest", digest(letter), *more)


def tag_of(checkout: Checkout, file: str = FILE, *, at: str = "HEAD") -> str:
    return yaml.safe_load(checkout.text(file, at=at))["image"]["tag"]


def test_it_commits_the_new_image_and_no_other_file(checkout: Checkout) -> None:
    (checkout.folder / "half a thought.md").write_text("not mine to commit")
    ended = release(checkout, "1.1.0", "b")
    assert ended.code == 0, ended.said
    assert checkout.changed("HEAD") == [f"M {FILE}"]
    assert checkout.text(FILE) + "\n" == image("1.1.0", "b")
    assert (checkout.folder / FILE).read_text() == image("1.1.0", "b")
    assert checkout.git("status", "--porcelain") == '?? "half a thought.md"'


def test_the_file_keeps_its_mode(checkout: Checkout) -> None:
    (checkout.folder / FILE).chmod(0o755)
    checkout.save()
    assert release(checkout, "1.1.0", "b").code == 0
    assert checkout.git("ls-tree", "HEAD", FILE).startswith("100755")


def test_the_commit_says_from_what_to_what(checkout: Checkout) -> None:
    release(checkout, "1.1.0", "b")
    assert checkout.git("log", "-1", "--format=%B").splitlines() == [
        "Release orders 1.1.0 to dev",
        "",
        f"from: 1.0.0 {digest('a')}",
        f"to: 1.1.0 {digest('b')}",
    ]


def test_the_commit_keeps_where_the_image_was_built_from(checkout: Checkout) -> None:
    page = f"https://github.com/tribe-example/orders/commit/{'5e' * 20}"
    assert release(checkout, "1.1.0", "b", "--built-from", page).code == 0
    shown = checkout.git("log", "-1", "--format=%(trailers:key=Built-from,valueonly)")
    assert shown == page


@pytest.mark.parametrize("push", [[], ["--push"]], ids=["here", "pushed"])
def test_the_same_image_again_is_nothing_to_do(checkout: Checkout, push: list[str]) -> None:
    before = checkout.state()
    ended = release(checkout, "1.0.0", "a", *push)
    assert (ended.code, "nothing to do" in ended.said) == (0, True)
    assert checkout.state() == before


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        pytest.param(["order", "--tag", "1.1.0"], "Did you mean orders?", id="a service misspelt"),
        pytest.param(["zebra", "--tag", "1.1.0"], "tribe service", id="a service like no other"),
        pytest.param(["../orders", "--tag", "1.1.0"], "is not a service's name", id="a path"),
        pytest.param(["orders", "--tag", "latest"], '"latest" names no build', id="latest"),
        pytest.param(["orders", "--tag", "v1"], "neither a semantic version", id="half a version"),
        pytest.param(["orders", "--tag", "ABCDEF1"], "neither a semantic", id="upper case"),
        pytest.param(["orders", "--tag", "abcdef"], "neither a semantic", id="six letters"),
        pytest.param(["orders", "--tag", "0.9.0"], "tribe rollback", id="an older version"),
        pytest.param(
            ["orders", "--tag", "1.1.0", "--env", "staging"], "tribe promote", id="a later stage"
        ),
        pytest.param(
            ["orders", "--tag", "1.1.0", "--env", "qa"], "dev, staging, prod", id="no such stage"
        ),
        pytest.param(
            ["orders", "--tag", "1.1.0", "--digest", "sha256:abc"], "64 letters", id="a digest cut"
        ),
        pytest.param(
            ["orders", "--tag", "1.1.0", "--built-from", "https://x.com/a/b/commit/main\nx: y"],
            "/commit/<40 letters>",
            id="a page of no commit",
        ),
    ],
)
def test_it_refuses_and_writes_nothing(checkout: Checkout, arguments: list[str], said: str) -> None:
    before = checkout.state()
    given = [] if "--digest" in arguments else ["--digest", digest("b")]
    ended = run(checkout, "release", *arguments, *given)
    assert (ended.code, said in ended.said) == (1, True), ended.said
    assert checkout.state() == before


def test_it_refuses_a_dirty_file_and_says_which(checkout: Checkout) -> None:
    (checkout.folder / FILE).write_text("half a thought")
    ended = release(checkout, "1.1.0", "b")
    assert (ended.code, FILE in ended.said) == (1, True)
    assert (checkout.folder / FILE).read_text() == "half a thought"


def test_an_image_file_that_is_no_text_is_refused(checkout: Checkout) -> None:
    (checkout.folder / FILE).write_bytes(b"image: \xff")
    checkout.save()
    ended = release(checkout, "1.1.0", "b")
    assert (ended.code, f"{FILE} is not UTF-8" in ended.said) == (1, True)


def test_an_image_file_that_is_nested_without_end_is_refused(checkout: Checkout) -> None:
    (checkout.folder / FILE).write_text(f"image: {'[' * 5000}{']' * 5000}")
    checkout.save()
    ended = release(checkout, "1.1.0", "b")
    assert (ended.code, f"{FILE} says no image" in ended.said) == (1, True)


def test_a_name_that_two_services_have_is_refused_with_both(checkout: Checkout) -> None:
    other = FILE.replace("api-services", "ai-services")
    checkout.write({other: image("1.0.0", "a")})
    checkout.save()
    ended = release(checkout, "1.1.0", "b")
    assert ended.code == 1
    assert "services/ai-services/orders, services/api-services/orders" in ended.said


def test_a_link_for_an_image_file_is_not_followed(checkout: Checkout) -> None:
    outside = checkout.folder.with_name("outside.yaml")
    outside.write_text(image("1.0.0", "a"))
    (checkout.folder / FILE).unlink()
    (checkout.folder / FILE).symlink_to(outside)
    checkout.save()
    ended = release(checkout, "1.1.0", "b")
    assert (ended.code, "says no image" in ended.said) == (1, True), ended.said
    assert outside.read_text() == image("1.0.0", "a")


def test_it_could_not_run_where_there_is_no_gitops_repository(tmp_path: Path) -> None:
    ended = release(Checkout(tmp_path), "1.1.0", "b")
    assert (ended.code, "no git repository" in ended.said) == (2, True)
    other = Checkout(tmp_path)
    other.git("init", "--quiet", "--initial-branch=main")
    other.write({"README.md": "another"})
    other.save()
    ended = release(other, "1.1.0", "b")
    assert (ended.code, "no GitOps repository" in ended.said) == (2, True)


def test_it_could_not_run_without_git(checkout: Checkout, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(checkout.folder))
    ended = release(checkout, "1.1.0", "b")
    assert (ended.code, "git is not on the PATH" in ended.said) == (2, True)


def test_a_pushed_release_leaves_the_checkout_as_it_is(checkout: Checkout) -> None:
    before = checkout.state()
    ended = release(checkout, "1.1.0", "b", "--push")
    assert ended.code == 0, ended.said
    assert checkout.state() == before
    checkout.pull()
    assert checkout.changed("HEAD") == [f"M {FILE}"]
    assert tag_of(checkout) == "1.1.0"


def test_a_pushed_release_takes_nobodys_unpushed_commits_along(checkout: Checkout) -> None:
    checkout.write({"README.md": "not yet"})
    own = checkout.save("Mine")
    assert release(checkout, "1.1.0", "b", "--push").code == 0
    checkout.git("fetch", "--quiet", "origin", "main")
    assert checkout.git("merge-base", own, "FETCH_HEAD") != own


def test_no_branch_is_no_place_to_push_to(checkout: Checkout) -> None:
    checkout.git("checkout", "--quiet", "--detach")
    ended = release(checkout, "1.1.0", "b", "--push")
    assert (ended.code, "Check out main" in ended.said) == (1, True)


# Races, made certain: git runs the hook before each push, when the commit is made already.


@pytest.fixture
def rival(remote: Remote, checkout: Checkout, tmp_path: Path) -> Callable[[str], None]:
    """Somebody else's push, which comes between this one's commit and its push."""
    other = remote.clone(tmp_path / "rival")

    def comes_in_between(script: str) -> None:
        write_hook(
            checkout.folder / ".git" / "hooks" / "pre-push",
            f"unset GIT_DIR\ncd '{other.folder}' || exit 9\n{script}",
        )

    return comes_in_between


def once(script: str) -> str:
    return f"[ -e .git/came ] && exit 0\ntouch .git/came\n{script}"


def write(file: str, tag: str, letter: str, *, was: str = "1.0.0", was_letter: str = "a") -> str:
    return (
        f"sed -i 's/{was}/{tag}/; s/{digest(was_letter)}/{digest(letter)}/' {file}\n"
        f"git commit --quiet --all --message rival\ngit push --quiet origin HEAD:refs/heads/main"
    )


def test_two_releases_of_different_services_at_once_both_land(
    checkout: Checkout, rival: Callable[[str], None]
) -> None:
    rival(once(write(OTHER, "2.0.0", "c")))
    ended = release(checkout, "1.1.0", "b", "--push")
    assert ended.code == 0, ended.said
    checkout.pull()
    assert (tag_of(checkout), tag_of(checkout, OTHER)) == ("1.1.0", "2.0.0")
    assert checkout.changed("HEAD") == [f"M {FILE}"]


def test_a_newer_version_that_came_in_between_stays(
    checkout: Checkout, rival: Callable[[str], None]
) -> None:
    rival(once(write(FILE, "1.2.0", "c")))
    ended = release(checkout, "1.1.0", "b", "--push")
    assert (ended.code, "not overwritten" in ended.said) == (1, True), ended.said
    checkout.pull()
    assert tag_of(checkout) == "1.2.0"


def test_a_tag_with_other_content_is_refused(checkout: Checkout) -> None:
    assert release(checkout, "1.1.0", "b").code == 0
    ended = release(checkout, "1.1.0", "c")
    assert ended.code == 1
    assert "Give the new build a tag of its own" in ended.said


def test_an_older_version_that_came_in_between_is_followed_by_the_newer(
    checkout: Checkout, rival: Callable[[str], None]
) -> None:
    rival(once(write(FILE, "1.0.5", "c")))
    assert release(checkout, "1.1.0", "b", "--push").code == 0
    checkout.pull()
    assert tag_of(checkout) == "1.1.0"
    assert tag_of(checkout, at="HEAD~1") == "1.0.5"


def test_of_two_commits_the_second_to_come_is_refused(
    checkout: Checkout, rival: Callable[[str], None]
) -> None:
    rival(once(write(FILE, "c0ffee1", "c")))
    ended = release(checkout, "deadbee", "b", "--push")
    assert (ended.code, "not overwritten" in ended.said) == (1, True)
    checkout.pull()
    assert tag_of(checkout) == "c0ffee1"


def test_what_another_released_alike_is_nothing_to_do(
    checkout: Checkout, rival: Callable[[str], None]
) -> None:
    rival(once(write(FILE, "1.1.0", "b")))
    ended = release(checkout, "1.1.0", "b", "--push")
    assert (ended.code, "nothing to do" in ended.said) == (0, True)


def test_a_stale_checkout_does_not_undo_what_was_released_since(
    checkout: Checkout, remote: Remote, tmp_path: Path
) -> None:
    other = remote.clone(tmp_path / "other")
    assert release(other, "c0ffee1", "c", "--push").code == 0
    ended = release(checkout, "deadbee", "b", "--push")
    assert (ended.code, "changed meanwhile" in ended.said) == (1, True)


def test_who_is_always_overtaken_gives_up(
    checkout: Checkout, rival: Callable[[str], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bump, "LONGEST_PAUSE_SECONDS", 0)
    rival("git commit --quiet --allow-empty -m x\ngit push --quiet origin HEAD:refs/heads/main")
    ended = release(checkout, "1.1.0", "b", "--push")
    assert (ended.code, f"{bump.TRIES} times" in ended.said) == (2, True), ended.said


def test_a_remote_that_forbids_is_not_asked_for_long(checkout: Checkout, remote: Remote) -> None:
    remote.hook("pre-receive", "echo asked >> asked\necho protected branch >&2\nexit 1")
    ended = release(checkout, "1.1.0", "b", "--push")
    assert (ended.code, "protected branch" in ended.said) == (2, True)
    assert (remote.folder / "asked").read_text() == "asked\n" * 2


def test_many_at_once_all_land(remote: Remote, tmp_path: Path) -> None:
    first = remote.clone(tmp_path / "first")
    files = {f"s{n}": f"services/api-services/s{n}/dev/image.yaml" for n in range(4)}
    first.write({file: image("1.0.0", "a", service=name) for name, file in files.items()})
    first.save()
    first.push()
    options = ("--tag", "1.1.0", "--digest", digest("b"), "--push")
    running = [
        start("release", name, *options, into=remote.clone(tmp_path / f"of {name}").folder)
        for name in files
    ]
    for process in running:
        _, words = process.communicate(timeout=120)
        assert process.returncode == 0, words
    first.pull()
    assert [tag_of(first, file) for file in files.values()] == ["1.1.0"] * len(files)


def start(*arguments: str, into: Path) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "tribe", *arguments, "--into", str(into)],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )


def test_killed_midway_it_leaves_nothing_and_can_be_run_again(
    checkout: Checkout, remote: Remote
) -> None:
    before, branches = checkout.state(), remote.branches()
    hook = checkout.folder / ".git" / "hooks" / "pre-push"
    write_hook(hook, f"touch '{checkout.folder}/.git/reached'\nsleep 120")
    options = ("--tag", "1.1.0", "--digest", digest("b"), "--push")
    process = start("release", "orders", *options, into=checkout.folder)
    limit = time.monotonic() + 90
    while not (checkout.folder / ".git" / "reached").exists():
        assert time.monotonic() < limit, "it never came to its push"
        time.sleep(0.02)
    os.killpg(process.pid, signal.SIGKILL)
    process.communicate(timeout=10)
    hook.unlink()
    assert (checkout.state(), remote.branches()) == (before, branches)
    assert release(checkout, "1.1.0", "b", "--push").code == 0
