"""Argo CD's borders, as its controller decides: what a project lets an application take, make and
sync. After pkg/apis/application/v1alpha1 and controller/ of Argo CD 3.5.1.
"""

import re
from collections.abc import Mapping
from typing import Any

from tests.argocd.policy import glob_match

Manifest = Mapping[str, Any]

HERE = "https://kubernetes.default.svc"


def takes_from(project: Manifest, repository: str) -> bool:
    """Whether applications of the project may come from the repository; `*` stops at a slash."""
    wanted = _normal(repository)
    patterns = [_normal(each) for each in project["spec"].get("sourceRepos", [])]
    assert not any(each.startswith("!") for each in patterns), "denied sources are not read here"
    return any(
        re.fullmatch(re.escape(each).replace(r"\*\*", ".*").replace(r"\*", "[^/]*"), wanted)
        for each in patterns
    )


def goes_to(project: Manifest, namespace: str) -> bool:
    """Whether applications of the project may make things in the namespace of this cluster."""
    destinations = project["spec"].get("destinations", [])
    assert not any("!" in str(each) for each in destinations), "denied ones are not read here"
    return any(
        glob_match(each.get("server", ""), HERE)
        and glob_match(each.get("namespace", ""), namespace)
        for each in destinations
    )


def makes(project: Manifest, group: str, kind: str, *, name: str = "any", namespaced: bool) -> bool:
    """Whether applications of the project may make a resource of the kind."""
    spec = project["spec"]
    scope = "namespaceResource" if namespaced else "clusterResource"
    allowed, denied = spec.get(f"{scope}Whitelist"), spec.get(f"{scope}Blacklist")

    def listed(entries: list[Mapping[str, str]] | None) -> bool:
        return any(
            glob_match(each["group"], group)
            and glob_match(each["kind"], kind)
            and glob_match(each.get("name", "*"), name)
            for each in entries or []
        )

    # Without a list, everything in a namespace is allowed, and nothing outside of one. An empty
    # list is none: Argo CD's API drops it.
    if not allowed:
        return namespaced and not listed(denied)
    return listed(allowed) and not listed(denied)


def lets_sync(project: Manifest, application: Manifest, *, manual: bool) -> bool:
    """Whether the project's windows let the application be synced, at any time."""
    matching = [
        window
        for window in project["spec"].get("syncWindows", [])
        if any(
            glob_match(each, application["metadata"]["name"])
            for each in window.get("applications", [])
        )
    ]
    for window in matching:
        # Any other window is open at times, and what may sync is then a question of when.
        always = (window["schedule"], window["duration"]) == ("* * * * *", "24h")
        assert always, f"{window} is not read here"
        assert window["kind"] == "deny", f"{window} is not read here"
    return not matching or (manual and all(each.get("manualSync", False) for each in matching))


def syncs_by_itself(application: Manifest, projects: Mapping[str, Manifest]) -> bool:
    """Whether the controller syncs the application without anybody's doing."""
    project = projects.get(application["spec"].get("project") or "default")
    if project is None:
        return False  # refused as invalid
    automated = (application["spec"].get("syncPolicy") or {}).get("automated")
    enabled = automated is not None and automated.get("enabled") in (None, True)
    return enabled and lets_sync(project, application, manual=False)


def _normal(repository: str) -> str:
    return repository.strip().lower().removesuffix(".git")
