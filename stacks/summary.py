"""What was synthesized, for people: each stack of each environment, and what stands out in it."""

import datetime
import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from stacks.settings.kubernetes import SUPPORTED

# What a reader counts on. Everything else is in the number of resources.
TOLD = {
    "aws_nat_gateway": "NAT gateway",
    "aws_vpc_endpoint": "VPC endpoint",
    "aws_kms_key": "key",
    "aws_s3_bucket": "bucket",
    "aws_secretsmanager_secret": "secret",
    "aws_sqs_queue": "queue",
    "aws_eks_node_group": "node group",
    "aws_eks_addon": "add-on",
    "aws_eks_pod_identity_association": "pod identity",
    "aws_route53_zone": "DNS zone",
    "aws_acm_certificate": "certificate",
    "aws_wafv2_web_acl": "firewall",
    "aws_cognito_user_pool": "user pool",
    "aws_ecr_repository": "image repository",
    "helm_release": "Helm release",
}
PLURALS = {"pod identity": "pod identities", "image repository": "image repositories"}

Resources = dict[str, dict[str, dict[str, Any]]]


def summary(folder: Path, *, scopes: Sequence[str], today: datetime.date | None = None) -> str:
    """A page about the stacks in `folder`, an output folder of CDKTF's.

    scopes: "account" and the environments, in the order in which people think of them. Inside
    each, stacks stand in the order in which they are deployed.
    """
    manifest = json.loads((folder / "manifest.json").read_text())["stacks"]
    stacks = {
        name: json.loads((folder / manifest[name]["synthesizedStackPath"]).read_text())
        for name in sorted(manifest, key=lambda name: (_depth(manifest, name), name))
    }
    lines: list[str] = []
    for scope in scopes:
        lines.append(scope)
        for name, stack in stacks.items():
            owner, _, noun = name.partition("-")
            if owner == scope:
                count = sum(map(len, stack.get("resource", {}).values()))
                lines.append(f"  {noun:<12}{count:>4}  {', '.join(_standing_out(stack))}".rstrip())
        lines.append("")
    total = sum(
        len(named) for stack in stacks.values() for named in stack.get("resource", {}).values()
    )
    lines.append(f"{len(stacks)} stacks, {total} resources, written to {_shown(folder)}")
    lines += sorted(set(_warnings(stacks.values(), today or datetime.date.today())))
    return "\n".join(lines)


def _depth(manifest: dict[str, Any], name: str) -> int:
    """How many stacks must stand before this one, one after the other."""
    return max(
        (1 + _depth(manifest, before) for before in manifest[name]["dependencies"]), default=0
    )


def _standing_out(stack: dict[str, Any]) -> Iterator[str]:
    resources: Resources = stack.get("resource", {})
    for cluster in resources.get("aws_eks_cluster", {}).values():
        public = cluster["vpc_config"]["endpoint_public_access"]
        yield f"Kubernetes {cluster['version']}, {'public' if public else 'private'} endpoint"
    sizes = [group["scaling_config"] for group in resources.get("aws_eks_node_group", {}).values()]
    if sizes:
        least, most = (sum(each[end] for each in sizes) for end in ("min_size", "max_size"))
        yield f"{least} to {most} nodes"
    for kind, singular in TOLD.items():
        count = len(resources.get(kind, {}))
        if count:
            yield f"{count} {singular if count == 1 else PLURALS.get(singular, singular + 's')}"
    facts = [name for name in stack.get("output", {}) if not name.startswith("cross-stack-output")]
    if facts:
        yield f"{len(facts)} facts"
    kept = sum(
        bool(arguments.get("lifecycle", {}).get("prevent_destroy"))
        for named in resources.values()
        for arguments in named.values()
    )
    if kept:
        yield f"{kept} kept from destruction"


def _warnings(stacks: Any, today: datetime.date) -> Iterator[str]:
    for stack in stacks:
        for cluster in stack.get("resource", {}).get("aws_eks_cluster", {}).values():
            warning = SUPPORTED[cluster["version"]].warning(today)
            if warning:
                yield f"warning: {cluster['name']}: {warning}"


def _shown(folder: Path) -> str:
    folder = folder.resolve()
    return str(folder.relative_to(Path.cwd())) if folder.is_relative_to(Path.cwd()) else str(folder)
