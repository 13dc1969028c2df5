"""Argo CD's authorization, as its server decides: who may what, by a policy in CSV.

After util/rbac and server/rbacpolicy of Argo CD 3.5.1
(https://argo-cd.readthedocs.io/en/stable/operator-manual/rbac/).
"""

import csv
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

# More than the built-in policy grants; its "g, admin" is the one line that a provider's group named
# "admin" would fall under.
BUILT_IN = """
p, role:readonly, *, get, *, allow
p, role:admin, *, *, *, allow
g, role:admin, role:readonly
g, admin, role:admin
"""

# Requests for these name the project before the slash, and its roles are asked too.
PROJECT_SCOPED = {
    *("applications", "applicationsets", "logs", "exec", "clusters", "repositories"),
}


def policy_csv(data: Mapping[str, str]) -> str:
    """The policy of argocd-rbac-cm: `policy.csv`, then every other `policy.<name>.csv`."""
    others = sorted(
        key for key in data if re.fullmatch(r"policy\..*\.csv", key) and key != "policy.csv"
    )
    return "\n".join(data[key] for key in ("policy.csv", *others) if key in data)


def project_policy(project: Mapping[str, Any]) -> str:
    """The lines by which a project's own roles grant something."""
    name = project["metadata"]["name"]
    lines: list[str] = []
    for role in project["spec"].get("roles", []):
        subject = f"proj:{name}:{role['name']}"
        lines.append(f"p, {subject}, projects, get, {name}, allow")
        lines += role.get("policies", [])
        lines += [f"g, {group}, {subject}" for group in role.get("groups", [])]
    return "\n".join(lines)


@dataclass(frozen=True)
class Person:
    """Who asks: the subject of the token, and the groups in its claim."""

    name: str
    groups: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Policy:
    """What the server knows: the config map's data, and the projects with their roles."""

    data: Mapping[str, str]
    projects: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)

    def allows(self, person: Person, resource: str, action: str, obj: str) -> bool:
        """Whether the person may. obj: `<project>/<application>`, where there is a project."""
        lines = self._lines(resource, obj)
        asked = (resource, action, obj)
        default = self.data.get("policy.default", "")
        if default and lines.allow(default, *asked):
            return True
        if lines.allow(person.name, *asked):
            return True
        # A group counts only if the policy gives it a role.
        known = {member for member, _ in lines.grouping}
        return any(lines.allow(group, *asked) for group in person.groups if group in known)

    def _lines(self, resource: str, obj: str) -> "_Lines":
        own = ""
        if resource in PROJECT_SCOPED or resource == "projects":
            project = self.projects.get(obj.partition("/")[0])
            own = project_policy(project) if project else ""
        return _Lines.read(f"{BUILT_IN}\n{policy_csv(self.data)}\n{own}".splitlines())


@dataclass(frozen=True)
class _Lines:
    rules: tuple[tuple[str, str, str, str, str], ...]
    grouping: tuple[tuple[str, str], ...]

    @classmethod
    def read(cls, lines: Iterable[str]) -> "_Lines":
        """Raises: ValueError for a line that Argo CD would refuse the whole policy for."""
        rules, grouping = [], []
        for line in (line.strip() for line in lines):
            if not line or line.startswith("#"):
                continue
            [tokens] = csv.reader([line], skipinitialspace=True)
            match tokens:
                case ["p", subject, resource, action, obj, ("allow" | "deny") as effect]:
                    rules.append((subject, resource, action, obj, effect))
                case ["g", member, role]:
                    grouping.append((member, role))
                case _:
                    raise ValueError(f"invalid RBAC policy: {line}")
        return cls(tuple(rules), tuple(grouping))

    def allow(self, subject: str, resource: str, action: str, obj: str) -> bool:
        """Some rule allows, and none denies."""
        roles = self._roles(subject)
        effects = {
            effect
            for who, *patterns, effect in self.rules
            if who in roles and all(map(glob_match, patterns, (resource, action, obj)))
        }
        return effects == {"allow"}

    def _roles(self, subject: str) -> set[str]:
        found, left = set(), {subject}
        while left:
            found |= left
            left = {role for member, role in self.grouping if member in left} - found
        return found


def glob_match(pattern: str, text: str) -> bool:
    """Argo CD's globs in policies: without separators, so that `*` crosses a slash."""
    return re.fullmatch(_expression(pattern), text, re.DOTALL) is not None


def _expression(pattern: str) -> str:
    tokens = re.findall(r"\\.|\*+|\?|\[!?[^\]]+\]|[{},]|.", pattern, re.DOTALL)
    depth, parts = 0, []
    for token in tokens:
        if token.startswith("*"):
            parts.append(".*")
        elif token == "?":
            parts.append(".")
        elif token.startswith("[") and len(token) > 1:
            parts.append(token.replace("[!", "[^", 1))
        elif token in "{}":
            depth += 1 if token == "{" else -1
            parts.append("(?:" if token == "{" else ")")
        elif token == "," and depth:
            parts.append("|")
        else:
            parts.append(re.escape(token.removeprefix("\\") or token))
    return "".join(parts)
