"""The review of the stacks, for tools.

    {
      "version": 1,
      "base": "main (0123456789)", "head": "the working tree",
      "provider": "hashicorp/aws 5.100.0",        whose word `replaces` is
      "environments": [{
        "name": "dev",                            or "account"
        "status": "added" | "changed" | "removed" | "unchanged",
        "stacks": [{
          "name": "dev-network",
          "status": as above,
          "source": "synthesis" | "plan",
          "dependencies": ["dev-encryption"],     stacks that must stand before it
          "resources": 57,
          "changes": [{
            "address": "aws_subnet.public",       also output.…, provider.…, terraform.backend
            "kind": "aws_subnet",                 also output, provider, backend
            "action": "added" | "changed" | "removed" | "replaced" | "moved" | "forgotten",
            "moved_from": "aws_subnet.open",      or ""
            "by_block": true,                     false: destroyed and made again
            "because": "aws_vpc.vpc",             whose replacement forces this one, or ""
            "replacing_known": true,              false: nobody knows what replaces this type
            "arguments": [{
              "path": "availability_zone",
              "before": …, "after": …,            any JSON; null where not set
              "known_later": false,               decided only when it is applied
              "replaces": true                    forces a new resource
            }]
          }]
        }]
      }],
      "findings": [{
        "severity": "danger" | "notice",
        "rule": "stateful-goes", "message": "…",
        "environment": "dev", "stack": "dev-network", "address": "aws_subnet.public"
      }]
    }

The shape stays, as `review.as_json` says.
"""

from dataclasses import asdict
from typing import Any

from review.as_json import text
from review.stacks.argument import Argument
from review.stacks.change import Change
from review.stacks.review import Review, StackReview

VERSION = 1


def written(review: Review) -> str:
    """The JSON text, with a newline at its end."""
    return text(content(review))


def content(review: Review) -> dict[str, Any]:
    """The same, as JSON has it."""
    return {
        "version": VERSION,
        "base": review.base,
        "head": review.head,
        "provider": review.provider,
        "environments": [
            {
                "name": environment.name,
                "status": environment.status,
                "stacks": [_stack(stack) for stack in environment.stacks],
            }
            for environment in review.environments
        ],
        "findings": [asdict(finding) for finding in review.findings],
    }


def _stack(stack: StackReview) -> dict[str, Any]:
    return {
        "name": stack.name,
        "status": stack.status,
        "source": stack.source,
        "dependencies": list(stack.dependencies),
        "resources": stack.resources,
        "changes": [_change(change) for change in stack.changes],
    }


def _change(change: Change) -> dict[str, Any]:
    return {
        "address": change.address,
        "kind": change.kind,
        "action": change.action,
        "moved_from": change.moved_from,
        "by_block": change.by_block,
        "because": change.because,
        "replacing_known": change.known,
        "arguments": [_argument(argument) for argument in change.arguments],
    }


def _argument(argument: Argument) -> dict[str, Any]:
    return {
        "path": argument.path,
        "before": argument.before,
        "after": argument.after,
        "known_later": argument.known_later,
        "replaces": argument.replaces,
    }
