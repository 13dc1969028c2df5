"""The update bot finds every pin where it really stands, and raises each by itself."""

import json
import re
import tomllib
from pathlib import Path
from typing import Any

import pytest

from stacks.gitops import ARGO_CD, ARGOCD_APPS
from stacks.settings.kubernetes import SUPPORTED
from tests.synthesis import ROOT

IGNORED = {".git", ".venv", "node_modules", ".tools", "cdktf.out"}


def configuration(repository: Path) -> dict[str, Any]:
    return json.loads((repository / ".github/renovate.json").read_text())


def files(repository: Path) -> list[str]:
    return [
        path.relative_to(repository).as_posix()
        for path in repository.rglob("*")
        if path.is_file() and not IGNORED & set(path.relative_to(repository).parts)
    ]


def matched(pattern: str, names: list[str]) -> list[str]:
    """Renovate's way: a pattern between slashes is a regular expression."""
    assert pattern[0] == pattern[-1] == "/"
    return [name for name in names if re.search(pattern[1:-1], name)]


def pins(repository: Path) -> dict[str, dict[str, list[dict[str, str]]]]:
    """Manager's description → file → what it reads there."""
    names = files(repository)
    found: dict[str, dict[str, list[dict[str, str]]]] = {}
    for manager in configuration(repository)["customManagers"]:
        read = found.setdefault(manager["description"], {})
        for pattern in manager["managerFilePatterns"]:
            for name in matched(pattern, names):
                text = (repository / name).read_text()
                read[name] = [
                    {**match.groupdict(), "depName": _name(manager, match)}
                    for expression in manager["matchStrings"]
                    for match in re.finditer(expression.replace("(?<", "(?P<"), text)
                ]
    return found


def _name(manager: dict[str, Any], match: re.Match[str]) -> str:
    return manager.get("depNameTemplate") or match["depName"]


def values(read: dict[str, list[dict[str, str]]]) -> set[tuple[str, str]]:
    return {(pin["depName"], pin["currentValue"]) for each in read.values() for pin in each}


@pytest.fixture(scope="session")
def ours() -> dict[str, dict[str, list[dict[str, str]]]]:
    return pins(ROOT)


def test_each_manager_finds_a_pin_in_each_of_its_files(repository: Path):
    for description, read in pins(repository).items():
        assert read, f"{description}: no file"
        assert all(read.values()), f"{description}: nothing in {[n for n in read if not read[n]]}"


def test_argo_cds_charts_are_found(ours):
    found = set().union(*(values(read) for read in ours.values()))
    assert {("argo-cd", ARGO_CD), ("argocd-apps", ARGOCD_APPS)} <= found


def test_node_images_and_the_kubernetes_minor_are_found(ours):
    images = values(ours[_described("node image")])
    assert images == {
        ("node-image", version.node_image_release.partition("-")[2])
        for version in SUPPORTED.values()
    }
    [(name, minor)] = values(ours[_described("Kubernetes minor")])
    assert (name, minor in SUPPORTED) == ("kubernetes", True)


def _described(words: str) -> str:
    [found] = [
        each["description"]
        for each in configuration(ROOT)["customManagers"]
        if words in each["description"]
    ]
    return found


def test_every_chart_of_the_gitops_repository_is_found(gitops: Path):
    read = pins(gitops)
    addons = {name.split("/")[1] for name in read["Charts of the add-ons"]}
    assert addons == {path.name for path in (gitops / "addons").iterdir() if path.is_dir()}
    monitoring = read["Charts of the monitoring, environment by environment"]
    assert set(monitoring) == {
        f"environments/{e}/monitoring.yaml" for e in ("dev", "prod", "staging")
    }
    charts = {each["depName"] for each in monitoring["environments/prod/monitoring.yaml"]}
    assert charts == {"alloy", "kube-prometheus-stack", "loki"}


def test_both_repositories_pin_the_same_actions_alike(gitops: Path):
    found: dict[str, set[str]] = {}
    for root in (ROOT, gitops):
        for path in root.glob(".github/workflows/*.yaml"):
            for name, pin in re.findall(r"uses: ([^@\s]+)@(.+)", path.read_text()):
                found.setdefault(name, set()).add(pin)
    assert {name: pinned for name, pinned in found.items() if len(pinned) > 1} == {}


@pytest.mark.parametrize("dependency", ["kubernetes", "node-image"])
def test_nodes_and_kubernetes_are_a_step_of_their_own(dependency: str):
    [rule] = [
        each
        for each in configuration(ROOT)["packageRules"]
        if each.get("matchDepNames") == [dependency]
    ]
    assert rule["groupName"] is None


def test_nothing_is_grouped_and_nothing_merges_itself(repository: Path):
    config = configuration(repository)
    assert config["automerge"] is False
    assert not [
        each for each in config["packageRules"] if each.get("groupName") or "automerge" in each
    ]
    # The recommended presets bring groups along.
    assert config["extends"] == [":dependencyDashboard", "helpers:pinGitHubActionDigests"]


def test_the_gitops_repository_installs_the_release_that_made_it(gitops: Path):
    version = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["version"]
    [line] = [
        line
        for line in (gitops / ".github/tribe.txt").read_text().splitlines()
        if not line.startswith("#")
    ]
    assert line == f"tribe-platform @ git+https://github.com/tribe-example/platform@v{version}"
