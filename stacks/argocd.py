"""Argo CD as argocd/ says it, put together for one environment. Knows nothing of CDKTF."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

from stacks.settings import Environment, SettingsError
from stacks.settings.gitops import LOCAL_PORT

FOLDER = Path(__file__).parent.parent / "argocd"

NAMESPACE = "argocd"
INGRESS_CLASS = "argocd"

# The GitHub App that writes deployment statuses. Not in values.yaml: where the secret has not its
# keys, Argo CD's notifications would not start at all, and Slack would be told nothing either.
GITHUB_APP = {
    "appID": "$github-appID",
    "installationID": "$github-installationID",
    "privateKey": "$github-privateKey",
}

Manifest = dict[str, Any]


def chart_values(environment: Environment) -> list[str]:
    """Values of the chart argo-cd, each document over the one before: all, the environment's, the
    settings'. Raises: SettingsError where the environment has no values of its own.
    """
    own = {
        "global": {"domain": environment.argocd_host},
        "configs": {"cm": _sign_on(environment), "rbac": _people(environment)},
        "server": _ingress(environment),
        "notifications": _notifications(environment),
    }
    here = FOLDER / f"values-{environment.name}.yaml"
    if not here.is_file():
        mend = f"Write argocd/{here.name}: who may sync there is in no other file."
        raise SettingsError("environment", f"{environment.name} has no values for Argo CD.", mend)
    return [(FOLDER / "values.yaml").read_text(), here.read_text(), _yaml(own)]


def borders(environment: Environment) -> list[Manifest]:
    """The projects and the root application, as they stand in the cluster."""
    projects = [_read(path) for path in sorted((FOLDER / "projects").glob("*.yaml"))]
    repository = environment.gitops.repository
    for project in projects:
        if project["metadata"]["name"] != "default":
            project["spec"]["sourceRepos"].insert(0, repository.url)
    root = _merged(
        _read(FOLDER / "root.yaml"),
        {
            "spec": {
                "source": {
                    "repoURL": repository.url,
                    "targetRevision": repository.revision,
                    "path": f"environments/{environment.name}",
                }
            }
        },
    )
    if environment.gitops.sync == "manual":
        manual = _read(FOLDER / "manual.yaml")
        projects = [_merged(project, manual["project"]) for project in projects]
        root = _merged(root, manual["application"])
    return [*projects, root]


def borders_values(environment: Environment) -> str:
    """Values of the chart argocd-apps that make `borders`.

    Each manifest whole, as an item template: the chart's own keys for projects and applications
    know fewer fields than Argo CD does, and drop the rest without a word.
    """
    items = [{"items": [{}], "template": manifest} for manifest in borders(environment)]
    return _yaml({"itemTemplates": items})


def _sign_on(environment: Environment) -> dict[str, Any]:
    sso = environment.gitops.sso
    if sso is None:
        return {"admin.enabled": True}
    also = {"additionalUrls": _yaml([f"https://localhost:{LOCAL_PORT}"])}
    return (also if environment.gitops.host else {}) | {
        "oidc.config": _yaml(
            {
                "name": "single sign-on",
                "issuer": sso.issuer_url,
                "clientID": sso.client_id,
                "enablePKCEAuthentication": True,
                "requestedScopes": ["openid", "profile", "email", "groups"],
                "requestedIDTokenClaims": {sso.groups_claim: {"essential": True}},
            }
        )
    }


def _people(environment: Environment) -> dict[str, str]:
    sso = environment.gitops.sso
    if sso is None:
        return {}
    lines = [f"g, {group}, role:developer" for group in (*sso.developers, *sso.approvers)]
    lines += [f"g, {group}, role:approver" for group in sso.approvers]
    lines.append(NO_ADMINISTRATOR)
    return {"scopes": f"[{sso.groups_claim}]", "policy.people.csv": "\n".join(lines) + "\n"}


# Argo CD's built-in policy makes whoever is called "admin" an administrator, be it a person or a
# group at the provider. Denying the role everything is the only way to say that there is none.
NO_ADMINISTRATOR = "p, role:admin, *, *, *, deny"


def _ingress(environment: Environment) -> dict[str, Any]:
    """The load balancer itself, its certificate and its firewall are in the ingress class, which
    the GitOps repository makes; until then the Ingress waits.
    """
    if environment.gitops.host is None:
        return {}
    annotations = {
        "backend-protocol": "HTTPS",
        "healthcheck-protocol": "HTTPS",
        "healthcheck-path": "/healthz",
    }
    return {
        "ingress": {
            "enabled": True,
            "ingressClassName": INGRESS_CLASS,
            "annotations": {
                f"alb.ingress.kubernetes.io/{name}": value for name, value in annotations.items()
            },
        }
    }


def _notifications(environment: Environment) -> dict[str, Any]:
    told = environment.gitops.notifications
    if told is None:
        return {}
    subscriptions: list[dict[str, Any]] = []
    if told.slack_channel:
        recipient, triggers = f"slack:{told.slack_channel}", [f"on-{each}" for each in told.events]
        subscriptions.append({"recipients": [recipient], "triggers": triggers})
    if told.deployments:
        subscriptions.append({"recipients": ["github"], "triggers": ["on-deployment"]})
    github = {"notifiers": {"service.github": _yaml(GITHUB_APP)}} if told.deployments else {}
    return {
        "enabled": True,
        "context": {"environment": environment.name},
        "subscriptions": subscriptions,
        **github,
    }


def _read(path: Path) -> Manifest:
    return yaml.load(path.read_text(), Loader=yaml.CSafeLoader)


class _Plain(yaml.CSafeDumper):
    """YAML as people write it, for it is read in plans: no anchors, and lines as lines."""

    def ignore_aliases(self, data: Any) -> bool:
        return True


def _text(dumper: _Plain, text: str) -> yaml.ScalarNode:
    style = "|" if "\n" in text else None
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=style)


_Plain.add_representer(str, _text)


def _yaml(content: object) -> str:
    return yaml.dump(content, Dumper=_Plain, sort_keys=False, width=1000)


def _merged(under: Mapping[str, Any], over: Mapping[str, Any]) -> Manifest:
    """Both, key by key; where both have a value that is no mapping, the second's."""
    merged = dict(under)
    for key, value in over.items():
        below = merged.get(key)
        merged[key] = (
            _merged(below, value) if isinstance(below, dict) and isinstance(value, dict) else value
        )
    return merged
