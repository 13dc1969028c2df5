"""`tribe promote`: the same content, one stage on, and only what is known to be well."""

import os
from pathlib import Path

import pytest
import yaml

from delivery.releases.promote import NO_VALUES
from delivery.stack_folder import ROOT
from tests.delivery.releases.checkout import Checkout, Remote, write_hook
from tests.delivery.releases.github import GitHub
from tests.delivery.releases.small import REGISTRIES, digest, image
from tests.delivery.releases.verbs import Ended, run

FOLDER = "services/api-services/orders"
BRANCH = f"promote/orders-to-staging-{'a' * 12}"


def promote(checkout: Checkout, *more: str, service: str = "orders", to: str = "staging") -> Ended:
    return run(checkout, "promote", service, "--to", to, *more)


def said_there(checkout: Checkout, stage: str, *, at: str) -> dict[str, str]:
    return yaml.safe_load(checkout.text(f"{FOLDER}/{stage}/image.yaml", at=at))["image"]


@pytest.fixture
def healthy(checkout: Checkout, github: GitHub) -> GitHub:
    """orders is healthy in dev, at the commit that is checked out."""
    github.told("dev/orders", checkout.sha(), "success")
    return github


def bring(checkout: Checkout, stage: str, tag: str, letter: str, message: str = "x") -> str:
    """Somebody's commit that has orders run an image in a stage. Returns it."""
    file = f"{FOLDER}/{stage}/image.yaml"
    checkout.write({file: image(tag, letter), f"{FOLDER}/{stage}/values.yaml": "{}\n"})
    sha = checkout.save(message)
    checkout.push()
    return sha


def test_the_first_time_the_stages_folder_comes_whole(checkout: Checkout, healthy: GitHub) -> None:
    before = checkout.state()
    ended = promote(checkout)
    assert ended.code == 0, ended.said
    assert checkout.changed(BRANCH) == [
        f"A {FOLDER}/staging/image.yaml",
        f"A {FOLDER}/staging/values.yaml",
    ]
    assert said_there(checkout, "staging", at=BRANCH) == said_there(checkout, "dev", at="HEAD")
    # The branch apart, the checkout is as it was.
    head, _, *rest = before
    assert (checkout.state()[0], [*checkout.state()[2:]]) == (head, rest)


def test_a_new_stages_values_are_what_the_service_template_makes() -> None:
    template = ROOT / "gitops-template" / "service" / "@{staging(cookiecutter)}@" / "services"
    [file] = template.glob("*/*/environment/values.yaml")
    assert file.read_text() == NO_VALUES


def test_later_it_touches_the_image_alone_and_keeps_its_comments(
    checkout: Checkout, github: GitHub
) -> None:
    file = f"{FOLDER}/staging/image.yaml"
    bring(checkout, "staging", "0.9.0", "9")
    checkout.write({file: checkout.text(file) + "\n# mine\n"})
    checkout.save()
    github.told("dev/orders", checkout.sha(), "success")
    assert promote(checkout).code == 0
    assert checkout.changed(BRANCH) == [f"M {file}"]
    assert checkout.text(file, at=BRANCH).endswith(f'"{digest("a")}"\n# mine')


def test_each_stage_pulls_from_its_own_registry(checkout: Checkout, github: GitHub) -> None:
    sha = bring(checkout, "staging", "1.0.0", "a")
    github.told("staging/orders", sha, "success")
    assert promote(checkout, to="prod").code == 0
    branch = BRANCH.replace("staging", "prod")
    assert said_there(checkout, "prod", at=branch) == {
        "repository": f"{REGISTRIES['prod']}/tribe/orders",
        "tag": "1.0.0",
        "digest": digest("a"),
    }


def test_a_pull_request_says_what_changes(
    checkout: Checkout, github: GitHub, remote: Remote
) -> None:
    bring(checkout, "staging", "0.9.0", "9")
    github.told("dev/orders", checkout.sha(), "success")
    before = checkout.state()
    ended = promote(checkout, "--pull-request")
    assert ended.code == 0, ended.said
    assert "https://github.com/tribe-example/gitops/pull/1" in ended.said
    [asked] = github.pull_requests
    assert asked["--title"] == "Promote orders 1.0.0 to staging"
    assert (asked["--base"], asked["--head"]) == ("main", BRANCH)
    assert f"| digest | `{digest('9')}` | `{digest('a')}` |" in asked["body"]
    assert "| tag | `0.9.0` | `1.0.0` |" in asked["body"]
    assert "Healthy in dev" in asked["body"]
    assert remote.branches() == ["main", BRANCH]
    assert checkout.state() == before


PAGES = "https://github.com/tribe-example/orders"


def built(letter: str) -> str:
    return f"{PAGES}/commit/{letter * 40}"


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (built("a"), built("b"), f"Commits: {PAGES}/compare/{'a' * 40}...{'b' * 40}"),
        ("", built("b"), f"Built from {built('b')}"),
        (built("a").replace("orders", "old"), built("b"), f"Built from {built('b')}"),
        (built("a"), "", None),
        (built("a"), "javascript:alert(1)", None),
    ],
    ids=["both", "one", "another repository", "none", "no page"],
)
def test_a_pull_request_shows_the_commits_if_the_releases_told_them(
    checkout: Checkout, github: GitHub, old: str, new: str, said: str | None
) -> None:
    bring(checkout, "dev", "1.1.0", "c", message=f"x\n\nBuilt-from: {old}")
    bring(checkout, "staging", "1.1.0", "c")
    sha = bring(checkout, "dev", "1.2.0", "d", message=f"x\n\nBuilt-from: {new}")
    github.told("dev/orders", sha, "success")
    assert promote(checkout, "--pull-request").code == 0
    lines = github.pull_requests[0]["body"].splitlines()
    shown = [line for line in lines if line.startswith(("Commits:", "Built from"))]
    assert shown == ([said] if said else [])


def test_a_pull_request_is_made_upon_what_the_clusters_follow_now(
    checkout: Checkout, github: GitHub, remote: Remote, tmp_path: Path
) -> None:
    other = remote.clone(tmp_path / "other")
    sha = bring(other, "dev", "1.1.0", "b")
    github.told("dev/orders", sha, "success")
    assert promote(checkout, "--pull-request").code == 0
    [asked] = github.pull_requests
    assert asked["--head"].endswith("b" * 12)


def test_the_same_image_is_nothing_to_do(checkout: Checkout, healthy: GitHub) -> None:
    bring(checkout, "staging", "1.0.0", "a")
    ended = promote(checkout)
    assert (ended.code, "nothing to do" in ended.said) == (0, True)


def refused(checkout: Checkout, said: str, *more: str, to: str = "staging") -> None:
    """It is, for this reason, and nothing is written."""
    before = checkout.state()
    ended = promote(checkout, *more, to=to)
    assert (ended.code, said in ended.said) == (1, True), ended.said
    assert checkout.state() == before


def test_what_was_never_deployed_in_the_stage_before_is_refused(
    checkout: Checkout, healthy: GitHub
) -> None:
    refused(checkout, "orders was never deployed in staging", to="prod")


def test_the_first_stage_gets_its_images_by_release(checkout: Checkout, healthy: GitHub) -> None:
    refused(checkout, "tribe release orders", to="dev")


def test_an_older_version_than_the_stage_has_is_refused(
    checkout: Checkout, healthy: GitHub
) -> None:
    bring(checkout, "staging", "1.10.0", "c")
    refused(checkout, "which is newer than dev's 1.0.0")


def test_an_older_commit_than_the_stage_has_is_refused(checkout: Checkout, github: GitHub) -> None:
    bring(checkout, "dev", "aaaaaaa", "b")
    bring(checkout, "dev", "bbbbbbb", "c")
    bring(checkout, "staging", "bbbbbbb", "c")
    sha = bring(checkout, "dev", "aaaaaaa", "b")  # dev went back
    github.told("dev/orders", sha, "success")
    refused(checkout, "which is newer than dev's aaaaaaa")


def test_a_newer_commit_goes_on(checkout: Checkout, github: GitHub) -> None:
    bring(checkout, "dev", "bbbbbbb", "b")
    bring(checkout, "staging", "bbbbbbb", "b")
    sha = bring(checkout, "dev", "aaaaaaa", "c")
    github.told("dev/orders", sha, "success")
    assert promote(checkout).code == 0


def test_what_nobody_told_of_is_refused_with_the_mend(checkout: Checkout, github: GitHub) -> None:
    refused(checkout, "Wait until dev has synced it")


@pytest.mark.parametrize(
    "states", [["failure"], ["success", "failure"], ["success", "inactive"], ["in_progress"], []]
)
def test_what_is_not_healthy_is_refused(
    checkout: Checkout, github: GitHub, states: list[str]
) -> None:
    github.told("dev/orders", checkout.sha(), *states)
    word = states[-1] if states else "pending"
    refused(checkout, f"its last deployment status is {word}")


def test_what_recovered_is_healthy(checkout: Checkout, github: GitHub) -> None:
    github.told("dev/orders", checkout.sha(), "failure", "success")
    assert promote(checkout).code == 0


def test_only_the_same_content_counts(checkout: Checkout, github: GitHub) -> None:
    first = checkout.sha()
    sha = bring(checkout, "dev", "1.1.0", "b")
    github.told("dev/orders", first, "success")
    refused(checkout, f"no deployment of 1.1.0 {digest('b')}")
    github.told("dev/thumbs", sha, "success")
    github.told("prod/orders", sha, "success")
    github.told("dev/orders", "0" * 40, "success")
    github.told("dev/orders", "--help", "success")
    refused(checkout, f"no deployment of 1.1.0 {digest('b')}")
    github.told("dev/orders", sha, "success")
    assert promote(checkout).code == 0


def test_the_newest_deployment_of_the_content_counts(checkout: Checkout, github: GitHub) -> None:
    first = checkout.sha()
    checkout.write({f"{FOLDER}/values.yaml": "class: api\nteam: payments\n"})
    second = checkout.save("The same image, other values")
    github.told("dev/orders", first, "success")
    github.told("dev/orders", second, "failure")
    refused(checkout, "its last deployment status is failure")


def test_a_reason_goes_on_where_nothing_is_known_and_is_written_down(
    checkout: Checkout, github: GitHub
) -> None:
    ended = promote(checkout, "--pull-request", "--accept-unknown-health", "GitHub had an outage")
    assert ended.code == 0, ended.said
    assert "Accepted: GitHub had an outage" in github.pull_requests[0]["body"]
    message = checkout.git("ls-remote", "origin", f"refs/heads/{BRANCH}").split()[0]
    assert "Accepted: GitHub had" in checkout.git("log", "-1", "--format=%B", message)


def test_no_reason_goes_on_where_a_failure_is_known(checkout: Checkout, github: GitHub) -> None:
    github.told("dev/orders", checkout.sha(), "failure")
    refused(checkout, "status is failure", "--accept-unknown-health", "it is well, I think")


def test_without_gh_nothing_is_known(
    checkout: Checkout, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    git_alone = tmp_path / "git alone"
    git_alone.mkdir()
    for folder in os.environ["PATH"].split(os.pathsep):
        if Path(folder, "git").exists():
            (git_alone / "git").symlink_to(Path(folder, "git"))
            break
    monkeypatch.setenv("PATH", str(git_alone))
    before = checkout.state()
    ended = promote(checkout)
    assert (ended.code, "gh is not on the PATH" in ended.said) == (2, True), ended.said
    assert checkout.state() == before
    assert promote(checkout, "--accept-unknown-health", "no gh here").code == 0


def test_an_image_without_its_digest_is_refused(checkout: Checkout, github: GitHub) -> None:
    bring(checkout, "dev", "1.1.0", "")
    refused(checkout, "has no digest")


def test_edits_of_the_service_are_refused_and_named(checkout: Checkout, healthy: GitHub) -> None:
    checkout.write({f"{FOLDER}/values.yaml": "half a thought", f"{FOLDER}/new.md": ""})
    refused(checkout, f"Not committed: {FOLDER}/values.yaml, {FOLDER}/new.md")


def test_a_new_file_is_seen_whatever_a_persons_own_settings_hide(
    checkout: Checkout, healthy: GitHub
) -> None:
    checkout.git("config", "status.showUntrackedFiles", "no")
    checkout.write({f"{FOLDER}/staging/image.yaml": "half a thought"})
    refused(checkout, f"Not committed: {FOLDER}/staging/image.yaml")


def test_edits_elsewhere_do_no_harm(checkout: Checkout, healthy: GitHub) -> None:
    checkout.write({"README.md": "half a thought"})
    assert promote(checkout).code == 0
    assert checkout.git("status", "--porcelain") == "?? README.md"


def test_a_branch_that_is_there_is_refused(
    checkout: Checkout, healthy: GitHub, remote: Remote
) -> None:
    checkout.git("branch", BRANCH)
    refused(checkout, f"git branch -D {BRANCH}")
    checkout.git("branch", "-D", BRANCH)
    checkout.git("push", "--quiet", "origin", f"HEAD:refs/heads/{BRANCH}")
    refused(checkout, f"git push origin --delete {BRANCH}", "--pull-request")
    assert healthy.pull_requests == []


def test_a_pull_request_that_fails_leaves_no_branch_and_can_be_tried_again(
    checkout: Checkout, healthy: GitHub, remote: Remote
) -> None:
    healthy.refuse_pull_requests(True)
    ended = promote(checkout, "--pull-request")
    assert (ended.code, "GraphQL: no" in ended.said) == (2, True), ended.said
    assert remote.branches() == ["main"]
    healthy.refuse_pull_requests(False)
    assert promote(checkout, "--pull-request").code == 0


def test_a_branch_that_came_in_between_is_not_overwritten(
    checkout: Checkout, healthy: GitHub, remote: Remote
) -> None:
    hook = checkout.folder / ".git" / "hooks" / "pre-push"
    other = remote.clone(checkout.folder.with_name("other"))
    push = f"git push --quiet origin HEAD:refs/heads/{BRANCH}"
    write_hook(hook, f"unset GIT_DIR\ncd '{other.folder}' && {push}")
    ended = promote(checkout, "--pull-request")
    assert ended.code == 2
    assert healthy.pull_requests == []
    checkout.git("fetch", "--quiet", "origin", BRANCH)
    assert checkout.sha("FETCH_HEAD") == other.sha()


def test_a_checkout_without_its_history_could_not_run(
    remote: Remote, tmp_path: Path, github: GitHub
) -> None:
    first = remote.clone(tmp_path / "first")
    bring(first, "dev", "1.1.0", "b")
    shallow = Checkout(tmp_path / "shallow")
    first.git("clone", "--quiet", "--depth=1", f"file://{remote.folder}", str(shallow.folder))
    ended = promote(shallow)
    assert (ended.code, "fetch-depth: 0" in ended.said) == (2, True)
