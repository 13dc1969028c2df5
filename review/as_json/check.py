"""What is wrong in a GitOps repository, for tools.

    {
      "version": 1,
      "environments": ["dev", "staging"],     those that were checked
      "errors": 1, "warnings": 0,
      "problems": [{
        "rule": "quota",                      a word for the rule, which stays the same
        "severity": "error" | "warning",      an error must not be merged
        "message": "…",                       plain words, and the mend
        "path": "spec.hard.pods", "document": "ResourceQuota api-services/quota",
        "file": "platform/templates/quotas.yaml", "application": "platform",
        "environment": "dev",                 empty where it is of all of them
        "line": 12                            from 1, or null; other texts may be empty
      }],
      "unseen": [{                            what nothing is said about, and why
        "what": "chart keda 2.20.2 (https://…)", "why": "it is not here: …",
        "application": "keda", "environment": "dev"
      }]
    }

The shape stays, as `review.as_json` says.
"""

from dataclasses import asdict
from typing import Any

from review.as_json import text
from review.problem import Problem, Unseen

VERSION = 1


def written(problems: list[Problem], unseen: list[Unseen], *, names: list[str]) -> str:
    """The JSON text. names: the environments that were checked."""
    return text(content(problems, unseen, names=names))


def content(problems: list[Problem], unseen: list[Unseen], *, names: list[str]) -> dict[str, Any]:
    """The same, as JSON has it."""
    severities = [problem.severity for problem in problems]
    return {
        "version": VERSION,
        "environments": names,
        "errors": severities.count("error"),
        "warnings": severities.count("warning"),
        "problems": [asdict(problem) for problem in problems],
        "unseen": [asdict(each) for each in unseen],
    }
