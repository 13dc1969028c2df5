"""`python -m tools.replacing` asks the AWS provider which arguments replace a resource, and writes
review/stacks/replacing.json.

A provider's schema does not say it, but a plan does. Each type is planned three times, over a
state made up for it: with every argument changed to a value known only later, which no validation
can refuse; with every argument and block left out; and with all of them new. `replace_paths` of
the plan then names the arguments that force a new resource. Nothing is asked of AWS.
"""

import json
import sys
import tempfile
from collections.abc import Collection, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from delivery.terraform import Terraform, TerraformFailed, TerraformMissing
from rehearsal.provider import Provider, ProviderMissing, install_provider
from rehearsal.schema import ADDRESS, Schema
from rehearsal.stack import read_stacks
from review.stacks.replacing import TABLE

SYNTHESIZED = Path("cdktf.out")
SECONDS = 120

KNOWN_LATER = "${jsondecode(timestamp())}"
"""Of any type, and unknown until the plan is applied."""

QUESTIONS = ("changed", "added", "removed")

DEEPEST = 3
"""Optional blocks within blocks that are asked for: a firewall's statements have no end."""

# Types that the stacks may use by a setting, and those that commonly join the ones they use.
OTHERS = (
    "aws_eks_identity_provider_config",
    "aws_security_group_rule",
    "aws_sqs_queue_policy",
    "aws_wafv2_web_acl_association",
)

# What a made-up state must hold for the provider to read it and plan from it; None is nothing.
HELD: dict[tuple[str, str], Any] = {
    ("aws_eks_cluster", "enabled"): False,  # of compute, storage and networking, all or none
    ("aws_sns_topic", "fifo_throughput_scope"): None,
    ("aws_cognito_user_pool_client", "prevent_user_existence_errors"): "ENABLED",
    ("aws_s3_bucket_lifecycle_configuration", "transition_default_minimum_object_size"): (
        "varies_by_storage_class"
    ),
}
ARN = "arn:aws:service:eu-central-1:111111111111:thing/x"

# Arguments that the provider refuses beside others; a resource is not made anew for any of them.
UNASKED = {
    ("aws_cloudwatch_metric_alarm", "metric_query"),
    ("aws_sns_topic_subscription", "filter_policy_scope"),
}

# Arguments that stay where all others are left out, and are there before others are added: the
# provider demands one of several.
STAYING = {
    ("aws_acm_certificate", "domain_name"),
    ("aws_autoscaling_group", "launch_configuration"),
    ("aws_flow_log", "vpc_id"),
    ("aws_route", "destination_cidr_block"),
    ("aws_route", "gateway_id"),
    ("aws_route53_record", "records"),
    ("aws_route_table_association", "subnet_id"),
    ("aws_security_group_rule", "self"),
    *(
        (f"aws_vpc_security_group_{direction}_rule", source)
        for direction in ("egress", "ingress")
        for source in ("cidr_ipv4", "cidr_ipv6", "prefix_list_id", "referenced_security_group_id")
    ),
}

Block = Mapping[str, Any]
Answers = dict[str, dict[str, list[str]]]


def used(synthesized: Path) -> list[str]:
    """The AWS resource types of the stacks, and the others, sorted."""
    found = set(OTHERS)
    for stack in read_stacks(synthesized).values():
        found |= {each for each in stack.document.get("resource", {}) if each.startswith("aws_")}
    return sorted(found)


def ask(types: Sequence[str], *, provider: Provider, schema: Schema, folder: Path) -> Answers:
    """Type → question → arguments that force a new resource, sorted; and which lists are sets.

    Raises: TerraformFailed where the provider refuses the questions as such; ValueError with the
    types that it left unanswered.
    """
    blocks = {kind: schema.resources[kind]["block"] for kind in types}
    configuration = {
        "terraform": {
            "required_providers": {"aws": {"source": "hashicorp/aws", "version": provider.version}}
        },
        "provider": {"aws": _offline()},
        "resource": {
            kind: {question: _asked(block, kind=kind, question=question) for question in QUESTIONS}
            for kind, block in blocks.items()
        },
    }
    instances = [
        _instance(kind, question, block, version=schema.resources[kind]["version"])
        for kind, block in blocks.items()
        for question in QUESTIONS
    ]
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "main.tf.json").write_text(json.dumps(configuration, indent=1))
    state = {"version": 4, "terraform_version": "1.10.0", "serial": 1, "lineage": "made-up"}
    (folder / "terraform.tfstate").write_text(json.dumps({**state, "resources": instances}))
    (folder / ".terraform.lock.hcl").write_bytes(
        (provider.folder / ".terraform.lock.hcl").read_bytes()
    )
    planned = _plan(folder, provider=provider)
    answers = {
        kind: {
            **{question: planned.get((kind, question), []) for question in QUESTIONS},
            "sets": sorted(_sets(block)),
        }
        for kind, block in blocks.items()
    }
    if silent := [
        f"{kind} ({question})"
        for kind in types
        for question in QUESTIONS
        if (kind, question) not in planned
    ]:
        raise ValueError(f"The provider did not answer for {', '.join(silent)}.")
    return answers


def _plan(folder: Path, *, provider: Provider) -> dict[tuple[str, str], list[str]]:
    terraform = Terraform(environment=provider.environment)
    plan = ("plan", "-refresh=false", "-lock=false", "-input=false", "-no-color", "-out=plan")
    try:
        terraform.run(*plan, folder=folder, seconds=SECONDS)
    except TerraformFailed as failure:
        # A type that it refuses does not keep it from planning the others; it is named by ask().
        if not (folder / "plan").is_file():
            raise
        print("Error:", *failure.output.split("Error:")[1:], file=sys.stderr)
    shown = json.loads(terraform.run("show", "-json", "plan", folder=folder, seconds=SECONDS))
    return {
        (each["type"], each["name"]): sorted(
            {_path(steps) for steps in each["change"].get("replace_paths", [])}
        )
        for each in shown.get("resource_changes", [])
    }


def _path(steps: Sequence[str | int]) -> str:
    """`["tag", 0, "key"]` is `tag.key`."""
    return ".".join(step for step in steps if isinstance(step, str))


def _offline() -> dict[str, Any]:
    return {
        "region": "eu-central-1",
        "access_key": "none",
        "secret_key": "none",
        "skip_credentials_validation": True,
        "skip_metadata_api_check": True,
        "skip_region_validation": True,
        "skip_requesting_account_id": True,
    }


def _asked(block: Block, *, kind: str, question: str, depth: int = 0) -> dict[str, Any]:
    """The arguments of one question: everything, or what cannot be left out."""
    everything = question != "removed"
    asked: dict[str, Any] = {
        name: KNOWN_LATER
        for name, attribute in block.get("attributes", {}).items()
        if (kind, name) not in UNASKED
        and (
            attribute.get("required")
            or (kind, name) in STAYING
            or (everything and attribute.get("optional"))
        )
        and (depth or name != "id")
    }
    for name, inner in _blocks(block, depth=depth):
        if (kind, name) not in UNASKED and (everything or inner.get("min_items")):
            body = _asked(inner["block"], kind=kind, question=question, depth=depth + 1)
            asked[name] = [body] if inner["nesting_mode"] in ("list", "set") else body
    return asked


def _instance(kind: str, question: str, block: Block, *, version: int) -> dict[str, Any]:
    return {
        "mode": "managed",
        "type": kind,
        "name": question,
        "provider": f'provider["{ADDRESS}"]',
        "instances": [
            {"schema_version": version, "attributes": _held(block, kind=kind, question=question)}
        ],
    }


def _held(block: Block, *, kind: str, question: str, depth: int = 0) -> dict[str, Any]:
    """What the made-up state holds: all of it, or before something is added the least."""
    everything = question != "added"
    held: dict[str, Any] = {}
    for name, attribute in block.get("attributes", {}).items():
        staying = attribute.get("required") or name in ("id", "arn") or (kind, name) in STAYING
        wanted = everything or staying
        held[name] = HELD.get((kind, name), _value(attribute["type"], name)) if wanted else None
    for name, inner in block.get("block_types", {}).items():
        many = inner["nesting_mode"] in ("list", "set")
        held[name] = [] if many else None
    for name, inner in _blocks(block, depth=depth):
        if everything or inner.get("min_items"):
            body = _held(inner["block"], kind=kind, question=question, depth=depth + 1)
            held[name] = [body] if inner["nesting_mode"] in ("list", "set") else body
    return held


def _blocks(block: Block, *, depth: int) -> Iterator[tuple[str, Block]]:
    for name, inner in block.get("block_types", {}).items():
        if name != "timeouts" and (depth < DEEPEST or inner.get("min_items")):
            yield name, inner


def _value(kind: Any, name: str) -> Any:
    """Some value of a Terraform type."""
    match kind:
        case "number":
            return 1
        case "bool":
            return True
        case str():
            return ARN if name.endswith("arn") else "x"
        case ["list" | "set", inner]:
            return [_value(inner, name)]
        case ["map", inner]:
            return {"x": _value(inner, name)}
        case ["object", fields]:
            return {field: _value(inner, field) for field, inner in fields.items()}
    raise ValueError(f"{name} has a type that Terraform's JSON format does not know: {kind}")


def _sets(block: Block, prefix: str = "", depth: int = 0) -> Iterator[str]:
    """Paths of arguments whose order means nothing."""
    for name, attribute in block.get("attributes", {}).items():
        if isinstance(attribute["type"], list) and attribute["type"][0] == "set":
            yield prefix + name
    for name, inner in _blocks(block, depth=depth):
        if inner["nesting_mode"] == "set":
            yield prefix + name
        yield from _sets(inner["block"], f"{prefix}{name}.", depth + 1)


def written(answers: Mapping[str, Mapping[str, Collection[str]]], *, version: str) -> str:
    """The table's text: a type without an answer keeps its empty entry, for it is known."""
    types = {
        kind: {question: list(paths) for question, paths in sorted(entry.items()) if paths}
        for kind, entry in sorted(answers.items())
    }
    table = {"provider": f"hashicorp/aws {version}", "types": types}
    return json.dumps(table, indent=1) + "\n"


def main() -> int:
    stacks = read_stacks(SYNTHESIZED)
    pinned = next(iter(stacks.values())).pinned_version
    with tempfile.TemporaryDirectory() as folder:
        try:
            provider = install_provider(pinned=pinned, folder=Path(folder, "provider"))
            answers = ask(
                used(SYNTHESIZED),
                provider=provider,
                schema=provider.schema(),
                folder=Path(folder, "questions"),
            )
        except (TerraformMissing, ProviderMissing, TerraformFailed, ValueError) as reason:
            print(f"{TABLE.name} stays as it is: {reason}", file=sys.stderr)
            return 2
    TABLE.write_text(written(answers, version=provider.version))
    print(f"{len(answers)} types, by the AWS provider {provider.version}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
