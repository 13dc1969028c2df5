"""argocd-source-lint over each environment, as its cluster's Argo CD sees it: every ApplicationSet
expanded (that tool does not read Go templates), and no other environment's applications beside it.
"""

import copy
import json
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml

from delivery.scaffold import TEMPLATE, bake
from delivery.three_way_merge import git
from tests.template.applications import ENVIRONMENTS, expanded, manifest

PROGRAM = Path(sys.executable).parent / "argocd-source-lint"
SECONDS = 60

WAIVED = {
    "double-coverage": "every service uses the one chart, each with values of its own: decision 7",
    "project-scope-violation": "the projects are the platform's, because they are the borders",
}


@pytest.fixture(scope="module")
def with_examples(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return bake(TEMPLATE, {"example_services": "yes"}, into=tmp_path_factory.mktemp("examples"))


def by_reference(application: Mapping[str, Any]) -> dict[str, Any]:
    """The same with value files by a reference: the tool does not know that to Argo CD a leading
    slash is the root of the repository
    (https://argo-cd.readthedocs.io/en/stable/user-guide/helm/#values-files).
    """
    copied = copy.deepcopy(dict(application))
    spec = copied["spec"]
    sources = [spec.pop("source")] if "source" in spec else spec["sources"]
    for source in sources:
        for number, file in enumerate(source.get("helm", {}).get("valueFiles", ())):
            if file.startswith("/"):
                source["helm"]["valueFiles"][number] = f"$repository{file}"
    if not any("ref" in source for source in sources):
        place = {key: sources[0][key] for key in ("repoURL", "targetRevision")}
        sources.append({**place, "ref": "repository"})
    spec["sources"] = sources
    return copied


def findings(repository: Path) -> list[dict[str, str]]:
    if not PROGRAM.exists():
        pytest.skip("NOT CHECKED: argocd-source-lint is not installed")
    linted = subprocess.run(
        [str(PROGRAM), "--format", "json", str(repository)],
        capture_output=True,
        text=True,
        timeout=SECONDS,
        check=False,
    )
    return json.loads(linted.stdout)["findings"]


@pytest.mark.parametrize("environment", ENVIRONMENTS)
def test_nothing_is_found_that_is_not_waived(environment: str, with_examples: Path, tmp_path: Path):
    applications = expanded(with_examples, environment)
    address = manifest(with_examples, environment, "platform")["spec"]["source"]["repoURL"]
    checkout = tmp_path / "repository"
    shutil.copytree(with_examples, checkout)
    for other in ENVIRONMENTS:
        for part in ("addons", "monitoring", "platform", "services"):
            (checkout / "environments" / other / f"{part}.yaml").unlink(missing_ok=True)
    for name, application in applications.items():
        file = checkout / "environments" / environment / f"{name}.yaml"
        file.write_text(yaml.safe_dump(by_reference(application)))
    # It verifies what stands on the branch that the applications follow, of this very repository.
    git(checkout, "init", "--quiet", "--initial-branch=main")
    git(checkout, "remote", "add", "origin", address)
    git(checkout, "add", "--all")
    git(checkout, "commit", "--quiet", "--message", "all")
    found = findings(checkout)
    assert found, "it looked at nothing"
    left = [each for each in found if each["rule_id"] not in WAIVED]
    assert not left, left
