"""Every command in the runbooks can be pasted: its syntax, its verbs, and its options are real."""

import re
import subprocess

import pytest

from stacks.environments import PLATFORM
from tests.runbooks.pages import Page, pages
from tests.runbooks.programs import aws_options, listed, options, program, told
from tests.synthesis import ROOT
from tribe.__main__ import VERBS

PAGES = pages()
every_page = pytest.mark.parametrize("page", PAGES, ids=str)

# What every machine has, and what stands in a container that someone looks around in.
PLAIN = frozenset(
    {
        *("cd", "cp", "exit", "export", "shred", "umask", "${EDITOR:-vi}"),
        *("curl", "date", "dig", "echo", "grep", "head", "openssl", "sort", "tail"),
        *("nslookup", "sh", "wget"),
    }
)
# Argo CD's command is not among the tools here
# (https://argo-cd.readthedocs.io/en/stable/user-guide/commands/argocd_app/).
ARGOCD = {
    "app": {"actions", "diff", "get", "history", "list", "manifests", "rollback", "sync", "wait"}
}
# kubectl's plugin of Argo Rollouts (https://argo-rollouts.readthedocs.io/en/stable/generated/kubectl-argo-rollouts/).
ROLLOUTS = {"abort", "get", "list", "pause", "promote", "restart", "retry", "status", "undo"}
# Verbs of kubectl that have verbs of their own.
NESTED = ("auth", "config", "rollout", "top")
# Their value is the next word; without them the verb could not be told from a namespace.
VALUED = ("-n", "--namespace")
# shellcheck: a person who pastes a line sees whether `cd` worked.
EXCUSED = "SC2164"


@every_page
def test_every_block_is_a_script(page: Page) -> None:
    for script in page.scripts:
        for command in (["bash", "-n"], _shellcheck()):
            ended = subprocess.run(
                command, input=script, capture_output=True, text=True, timeout=60, check=False
            )
            assert ended.returncode == 0, f"{script}\n{ended.stdout}{ended.stderr}"


@every_page
def test_every_program_is_known(page: Page) -> None:
    known = PLAIN | set(CHECKS)
    assert [command for command in page.commands if command[0] not in known] == []


@every_page
def test_every_verb_and_option_is_there(page: Page) -> None:
    wrong = [
        f"{' '.join(command)}: {fault}"
        for command in page.commands
        if command[0] in CHECKS
        for fault in CHECKS[command[0]](command[1:])
    ]
    assert wrong == []


def test_there_are_commands_of_every_program() -> None:
    """Where the reader of pages finds nothing, nothing is checked."""
    found = {command[0] for page in PAGES for command in page.commands}
    assert set(CHECKS) - found <= {"git", "tribe"}
    assert sum(len(page.commands) for page in PAGES) > 150


@pytest.mark.parametrize(
    "line",
    [
        "kubectl -n NAMESPACE gett pods",
        "kubectl rollout again deployment/SERVICE",
        "kubectl -n NAMESPACE get pods --sort-bye=x",
        "kubectl argo rollouts promte SERVICE",
        "aws eks list-clusterz",
        "aws kms describe-key --key-alias x",
        "make deploi ENV=dev",
        "make deploy ENV=production",
        "terraform unlock x",
        "tribe promot shop",
        "argocd app synch platform",
        "git revrt HEAD",
    ],
)
def test_a_mistake_is_found(line: str) -> None:
    words = line.split()
    assert list(CHECKS[words[0]](words[1:])) != []


def _shellcheck() -> list[str]:
    return [str(program("shellcheck")), "--shell=bash", f"--exclude={EXCUSED}", "-"]


def _kubectl(words: list[str]) -> list[str]:
    verbs = _verbs(words)
    if verbs[:2] == ["argo", "rollouts"]:
        return [] if verbs[2:3] and verbs[2] in ROLLOUTS else [f"no verb {verbs[2:3]} of rollouts"]
    if not verbs or verbs[0] not in listed(told("kubectl", "--help")):
        return [f"kubectl has no verb {verbs[:1]}"]
    spoken = verbs[:1]
    if verbs[0] in NESTED and verbs[1:]:
        known = listed(told("kubectl", verbs[0], "--help"))
        if not {verbs[1], verbs[1].removesuffix("s")} & known:  # `top pods` is `top pod`
            return [f"kubectl {verbs[0]} has no verb {verbs[1]}"]
        spoken = verbs[:2]
    known = options(told("kubectl", *spoken, "--help")) | options(told("kubectl", "options"))
    return _unknown_options(words, known)


def _aws(words: list[str]) -> list[str]:
    try:
        return _unknown_options(words, aws_options(words[0], words[1]))
    except LookupError as unknown:
        return [str(unknown)]


def _make(words: list[str]) -> list[str]:
    targets = set(re.findall(r"^## ([a-z-]+)", (ROOT / "Makefile").read_text(), re.MULTILINE))
    # The page on a new environment calls it so.
    environments = {*(each.name for each in PLATFORM.environments), "qa", "FILLED"}
    wrong = [f"make has no target {word}" for word in words[:1] if word not in targets]
    for word in words[1:]:
        name, _, value = word.partition("=")
        if name == "ENV" and value and value not in environments and not value.isupper():
            wrong.append(f"there is no environment {value}")
    return wrong


def _terraform(words: list[str]) -> list[str]:
    known = listed(told("terraform", "-help"))
    return [f"terraform has no verb {word}" for word in _verbs(words)[:1] if word not in known]


def _tribe(words: list[str]) -> list[str]:
    return [f"tribe has no verb {word}" for word in words[:1] if word not in VERBS]


def _argocd(words: list[str]) -> list[str]:
    known = ARGOCD.get(words[0], set())
    return [] if words[1:] and words[1] in known else [f"argocd has no verb {words[:2]}"]


def _git(words: list[str]) -> list[str]:
    words = words[2:] if words[0] == "-C" else words
    known = listed(told("git", "help", "-a"))
    return [f"git has no verb {word}" for word in words[:1] if word not in known]


def _verbs(words: list[str]) -> list[str]:
    """The words that are neither options nor a namespace."""
    found, skip = [], False
    for word in words:
        if not skip and not word.startswith("-"):
            found.append(word)
        skip = word in VALUED
    return found


def _unknown_options(words: list[str], known: set[str] | frozenset[str]) -> list[str]:
    before = words[: words.index("--")] if "--" in words else words
    given = [word[2:].partition("=")[0] for word in before if word.startswith("--")]
    return [f"there is no option --{option}" for option in given if option not in known]


CHECKS = {
    "argocd": _argocd,
    "aws": _aws,
    "git": _git,
    "kubectl": _kubectl,
    "make": _make,
    "terraform": _terraform,
    "tribe": _tribe,
}
