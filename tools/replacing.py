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

from delivery.terraform import Terraform, TerraformFailed, TerraformMissing
from gates.plans import NO_ACCOUNT
from rehearsal.provider import Provider, ProviderMissing, install_provider
from rehearsal.schema import Schema
from rehearsal.stack import read_stacks
from review.stacks.replacing import TABLE
from tools.made_up import QUESTIONS, Block, asked, blocks, instance

SYNTHESIZED = Path("cdktf.out")
SECONDS = 120

# Types that the stacks may use by a setting, and those that commonly join the ones they use.
OTHERS = (
    "aws_eks_identity_provider_config",
    "aws_security_group_rule",
    "aws_sqs_queue_policy",
    "aws_wafv2_web_acl_association",
)

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
    schemas = {kind: schema.resources[kind]["block"] for kind in types}
    configuration = {
        "terraform": {
            "required_providers": {"aws": {"source": "hashicorp/aws", "version": provider.version}}
        },
        "provider": {"aws": NO_ACCOUNT},
        "resource": {
            kind: {question: asked(block, kind=kind, question=question) for question in QUESTIONS}
            for kind, block in schemas.items()
        },
    }
    instances = [
        instance(kind, question, block, version=schema.resources[kind]["version"])
        for kind, block in schemas.items()
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
        for kind, block in schemas.items()
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


def _sets(block: Block, prefix: str = "", depth: int = 0) -> Iterator[str]:
    """Paths of arguments whose order means nothing."""
    for name, attribute in block.get("attributes", {}).items():
        if isinstance(attribute["type"], list) and attribute["type"][0] == "set":
            yield prefix + name
    for name, inner in blocks(block, depth=depth):
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
