"""What a change does to the clusters, for tools.

    {
      "version": 1,
      "base": "main",                             the revision that was compared with, or ""
      "environments": [{
        "name": "dev",
        "applications": [{
          "name": "orders",
          "namespace": "api-services",            where its objects go that name none
          "file": "environments/dev/services.yaml",
          "status": "added" | "changed" | "removed" | "unchanged",
          "objects": 9,                           afterwards; before, where it goes
          "whole": true,                          false: a source of it is in not_rendered
          "changes": [{
            "what": "added" | "changed" | "removed",
            "object": "Deployment api-services/orders",
            "lines": ["@@ -1,3 +1,3 @@", …]       as `diff -u` writes them
          }]
        }]
      }],
      "problems": [{                              of what the change leads to
        "severity": "error" | "warning",
        "rule": "schema", "message": "…",
        "path": "…", "document": "…", "file": "…", "application": "…", "environment": "…",
        "line": 12                                from 1, or null; other texts may be empty
      }],
      "not_rendered": [{
        "application": "keda", "repository": "…", "chart": "keda", "version": "2.20.2", "path": ""
      }]
    }

The shape stays, as `review.as_json` says.
"""

from dataclasses import asdict
from typing import Any, Literal

from review.as_json import text
from review.difference import Change, Compared, Difference

VERSION = 1

Status = Literal["added", "changed", "removed", "unchanged"]


def written(difference: Difference, *, base: str) -> str:
    """The JSON text, with a newline at its end."""
    return text(content(difference, base=base))


def content(difference: Difference, *, base: str) -> dict[str, Any]:
    """The same, as JSON has it."""
    changes: dict[tuple[str, str], list[Change]] = {}
    for change in difference.changes:
        changes.setdefault((change.environment, change.application), []).append(change)
    return {
        "version": VERSION,
        "base": base,
        "environments": [
            {
                "name": name,
                "applications": [
                    _application(each, changes.get((name, each.name), []))
                    for each in difference.applications
                    if each.environment == name
                ],
            }
            for name in difference.environments
        ],
        "problems": [asdict(problem) for problem in difference.problems],
        "not_rendered": [asdict(each) for each in difference.not_rendered],
    }


def _application(application: Compared, changes: list[Change]) -> dict[str, Any]:
    return {
        "name": application.name,
        "namespace": application.namespace,
        "file": application.file,
        "status": _status(application, changed=bool(changes)),
        "objects": application.objects,
        "whole": application.whole,
        "changes": [
            {"what": change.what, "object": change.object, "lines": list(change.lines)}
            for change in changes
        ],
    }


def _status(application: Compared, *, changed: bool) -> Status:
    """What becomes of the application as a whole."""
    if application.was and application.is_now:
        return "changed" if changed else "unchanged"
    return "added" if application.is_now else "removed"
