"""A service's release: which tag an image gets, and what goes back a stage."""

from pathlib import Path

import pytest

from tests.workflows.shell import Shell
from tests.workflows.workflow import Workflow

VERSION = "A semantic version where a tag was pushed, else the commit"
SHA = "a" * 40
REGISTRY = "111111111111.dkr.ecr.eu-central-1.amazonaws.com"


@pytest.fixture(scope="session")
def release(gitops: Path) -> Workflow:
    return Workflow(gitops / ".github/workflows/service-release.yaml")


@pytest.fixture
def shell(tmp_path: Path) -> Shell:
    return Shell(
        tmp_path,
        {
            "GITHUB_REF_NAME": "main",
            "GITHUB_REF_TYPE": "branch",
            "GITHUB_SHA": SHA,
            "REGISTRY": REGISTRY,
            "SERVICE": "shop",
        },
    )


def tag_of(shell: Shell, release: Workflow, git_tag: str | None) -> str | None:
    given = {"GITHUB_REF_TYPE": "tag", "GITHUB_REF_NAME": git_tag} if git_tag else {}
    return (
        shell.outputs["tag"] if not shell.run(release.script(VERSION), **given).returncode else None
    )


@pytest.mark.parametrize(
    ("git_tag", "tag"),
    [(None, SHA), ("v1.4.0", "1.4.0"), ("1.4.0", "1.4.0"), ("v2.0.0-rc.1", "2.0.0-rc.1")],
)
def test_an_image_bears_the_version_or_the_commit(
    shell: Shell, release: Workflow, git_tag: str | None, tag: str
):
    assert tag_of(shell, release, git_tag) == tag
    assert shell.outputs["image"] == f"{REGISTRY}/tribe/shop"


@pytest.mark.parametrize(
    "git_tag", ["latest", "v1", "v1.4", "v01.4.0", "v1.4.0 x", "$(touch owned)"]
)
def test_a_tag_that_is_no_version_is_refused(shell: Shell, release: Workflow, git_tag: str):
    assert tag_of(shell, release, git_tag) is None
    assert shell.outputs == {}
    assert not (shell.folder / "owned").exists()


@pytest.mark.parametrize("service", ["", "Shop", "../shop", "shop\nx", "a" * 32])
def test_what_is_no_name_of_a_service_is_refused(shell: Shell, release: Workflow, service: str):
    assert shell.run(release.script(VERSION), SERVICE=service).returncode == 1
    assert shell.outputs == {}


ASKED = {"IMAGE": f"{REGISTRY}/tribe/shop", "SERVICE": "shop", "TAG": "1.4.0"}
DOCKER = """
    digests = json.loads((state / "digests.json").read_text())
    if arguments[:2] == ["image", "inspect"]:
        print("\\n".join(digests))
    elif arguments[0] == "login":
        (state / "password").write_text(sys.stdin.read())
"""


# `there`: what is under the tag already; as the AWS CLI prints nothing.
AWS = """
    if arguments[:2] == ["ecr", "get-login-password"]:
        print("secret")
    elif arguments[:2] == ["ecr", "batch-get-image"]:
        there = state / "there"
        print(there.read_text() if there.is_file() else "None")
"""


@pytest.mark.parametrize(
    ("digests", "code"),
    [
        ([f"{REGISTRY}/tribe/shop@sha256:{'0' * 64}"], 0),
        ([f"elsewhere/shop@sha256:{'1' * 64}", f"{REGISTRY}/tribe/shop@sha256:{'0' * 64}"], 0),
        ([f"elsewhere/shop@sha256:{'1' * 64}"], 1),
        ([], 1),
    ],
)
def test_the_digest_is_the_one_that_this_registry_gave(
    shell: Shell, release: Workflow, digests: list[str], code: int
):
    shell.stand_in("docker", DOCKER)
    shell.stand_in("aws", AWS)
    (shell.folder / "digests.json").write_text(str(digests).replace("'", '"'))
    ended = shell.run(release.script("Push"), **ASKED)
    assert ended.returncode == code, ended.stderr
    assert shell.outputs == ({} if code else {"digest": f"sha256:{'0' * 64}"})
    assert ["docker", "push", f"{REGISTRY}/tribe/shop:1.4.0"] in shell.called
    assert (shell.folder / "password").read_text() == "secret\n"


def test_a_run_that_ended_after_its_push_goes_on_with_what_it_pushed(
    shell: Shell, release: Workflow
):
    shell.stand_in("docker", DOCKER)
    shell.stand_in("aws", AWS)
    (shell.folder / "digests.json").write_text("[]")
    (shell.folder / "there").write_text(f"sha256:{'2' * 64}")
    ended = shell.run(release.script("Push"), **ASKED)
    assert ended.returncode == 0, ended.stderr
    assert shell.outputs == {"digest": f"sha256:{'2' * 64}"}
    assert "push" not in {called[1] for called in shell.called}


def test_the_key_that_writes_here_is_of_an_environment_alone(release: Workflow):
    holders = [
        job
        for job, step in release.steps
        if "RELEASES_APP_PRIVATE_KEY" in str(step.get("with", {}).get("private-key"))
    ]
    assert holders == ["release"]
    assert {release.jobs[job]["environment"] for job in holders} == {"release"}


def test_it_is_pushed_only_after_it_was_tested_and_scanned(release: Workflow):
    names = [
        step.get("name", step.get("uses", "")) for job, step in release.steps if job == "image"
    ]

    def place(words: str) -> int:
        [found] = [number for number, name in enumerate(names) if words in name]
        return found

    order = ["Test", "Build", "What is in it", "Nothing in it", "Push", "Sign the digest"]
    places = [place(words) for words in order]
    assert places == sorted(places)
    assert release.jobs["release"]["needs"] == "image"


@pytest.mark.parametrize(
    ("name", "given", "called"),
    [
        ("promote", {"TO": "staging"}, ["promote", "--to=staging", "--pull-request", "--", "shop"]),
        ("retire", {"STAGE": "dev"}, ["retire", "--env=dev", "--pull-request", "--", "shop"]),
        (
            "rollback",
            {"STAGE": "prod", "TO": ""},
            ["rollback", "--env=prod", "--pull-request", "--", "shop"],
        ),
        (
            "rollback",
            {"STAGE": "prod", "TO": "1.3.0"},
            ["rollback", "--env=prod", "--to=1.3.0", "--pull-request", "--", "shop"],
        ),
        (
            "rollback",
            {"STAGE": "prod", "TO": "$(touch owned) --into x"},
            [
                *("rollback", "--env=prod", "--to=$(touch owned) --into x"),
                "--pull-request",
                "--",
                "shop",
            ],
        ),
    ],
)
def test_what_a_person_typed_reaches_the_command_whole(
    shell: Shell, gitops: Path, name: str, given: dict[str, str], called: list[str]
):
    for command in ("gh", "tribe"):
        shell.stand_in(command, "")
    script = Workflow(gitops / f".github/workflows/{name}.yaml").script("Open the pull request")
    ended = shell.run(script, **given)
    assert ended.returncode == 0, ended.stderr
    assert shell.called == [["gh", "auth", "setup-git"], ["tribe", *called]]
    assert not (shell.folder / "owned").exists()
