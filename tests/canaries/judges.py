"""How each gate is asked about a canary: the function that guards the real thing, and no other."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from cookiecutter.exceptions import FailedHookException

from delivery.scaffold import TEMPLATE, bake
from gates import (
    accounts,
    actions,
    checkov,
    documents,
    evaluation,
    finding,
    managed,
    namespaces,
    needs,
    principals,
    reach,
    sizes,
)
from gates.arguments import unsafe_arguments
from gates.buckets import spoken_to_in_clear
from gates.documents import Document
from gates.evaluation import Request
from gates.finding import waivers_in
from gates.keys import locked_keys
from gates.pod_security import unrestricted_pods
from gates.reasons import Reasons, fingerprint
from gates.rights import risky_rights
from gates.roles import Role, roles
from gates.synthesis import Stacks
from review.helm import ChartError
from review.schemas import validate
from stacks.environments import PLATFORM
from stacks.guardrails import violations
from stacks.settings import SettingsError
from stacks.settings.schema import refuse
from tests.canaries.canary import Canary, Gate
from tests.canaries.scans import Scans
from tests.charts.known import unknown
from tests.platform.admission import refusals
from tests.security.asking import a_secret
from tests.service.chart import render

VERSION = "1.36"
ACCOUNTS = {account.id for account in PLATFORM.accounts}

Judge = Callable[[Canary, Scans], Sequence[str]]
"""What a gate says against a canary; empty where it lets it through."""


def _documents(canary: Canary, scans: Scans) -> list[Document]:
    """The policies of the canary's own stack."""
    made = documents.documents(canary.bad.stacks(scans.synthesized))
    return [each for each in made if each.stack == canary.bad.stack]


def _own(canary: Canary, scans: Scans) -> Stacks:
    """The canary's own stack, without those that it reads."""
    return {canary.bad.stack: canary.bad.stacks(scans.synthesized)[canary.bad.stack]}


def _roles(canary: Canary, scans: Scans) -> list[Role]:
    return roles(_own(canary, scans), _documents(canary, scans))


def _reasons(canary: Canary, scans: Scans) -> Reasons:
    """What each statement says of its width: nothing, where the canary does not tell."""
    said = getattr(canary.bad, "said", "")
    if said is None:
        return {}
    return {
        fingerprint(statement.written): said
        for document in _documents(canary, scans)
        for statement in document.statements
    }


def _of_policies(gate: Callable[[list[Document]], list[str]]) -> Judge:
    return lambda canary, scans: gate(_documents(canary, scans))


def _incomplete(canary: Canary, scans: Scans) -> list[str]:
    return [
        each for role in _roles(canary, scans) for each in actions.incomplete_actions(role.policies)
    ]


def _lacking(canary: Canary, scans: Scans) -> list[str]:
    """Whether the environment's deployer may make what the edited stack is made of."""
    environment = canary.bad.stack.partition("-")[0]
    every = documents.documents(scans.synthesized)
    (deployer,) = [
        role
        for role in roles(scans.synthesized, every)
        if role.address == f"aws_iam_role.{environment}-apply"
    ]
    kinds = [kind for kind in canary.bad.on(scans.synthesized)["resource"] if "aws_" in kind]
    return needs.lacking(deployer, kinds=kinds, verbs=["change"])


def _readable(canary: Canary, scans: Scans) -> list[str]:
    """Whether the reader of api-services reads what is argocd's."""
    (reader,) = [
        role
        for role in _roles(canary, scans)
        if role.address == "aws_iam_role.secrets-api-services"
    ]
    dev = PLATFORM.environment("dev")
    request = Request(
        action="secretsmanager:GetSecretValue", resource=a_secret(dev, "argocd"), context={}
    )
    yes = evaluation.allowed(request, policies=reader.policies)
    return ["api-services reads a secret of argocd"] if yes else []


def _violations(canary: Canary, scans: Scans) -> list[str]:
    edited = canary.bad.on(scans.synthesized)
    production = canary.bad.stack.startswith("prod-")
    return [str(each) for each in violations(edited, production=production)]


def _unreadable(canary: Canary, scans: Scans) -> list[str]:
    stack = canary.bad.stack
    return list(documents.unreadable({stack: canary.bad.on(scans.synthesized)}))


def _needless(canary: Canary, scans: Scans) -> list[str]:
    name = scans.name(canary)
    waivers = waivers_in({name: canary.bad.on(scans.synthesized)})
    return finding.needless([scans.stacks_of(canary)], waivers=waivers, everywhere=())


def _unwaived(canary: Canary, scans: Scans) -> list[str]:
    edited = canary.bad.on(scans.synthesized)
    waivers = waivers_in({scans.name(canary): edited})
    return finding.unwaived(scans.stacks_of(canary), waivers=waivers)


def _read(canary: Canary, _: Scans) -> list[str]:
    return _refused(
        checkov.CheckovFailedError,
        lambda: checkov.read(canary.bad, locate=lambda _: ("dev-storage", "x")),
    )


def _validate(canary: Canary, _: Scans) -> list[str]:
    return [
        str(problem)
        for document in canary.bad
        for problem in validate(document, kubernetes_version=VERSION)
    ]


def _refused(error: type[Exception], made: Callable[[], object]) -> list[str]:
    try:
        made()
    except error as refused:
        return [str(refused)]
    return []


def _of_manifests(gate: Callable[[Any], list[str]]) -> Judge:
    return lambda canary, _: gate(canary.bad)


JUDGES: Mapping[Gate, Judge] = {
    accounts.default_accounts: _of_manifests(accounts.default_accounts),
    accounts.in_default_namespace: _of_manifests(accounts.in_default_namespace),
    accounts.mounted_tokens: _of_manifests(accounts.mounted_tokens),
    actions.aimless_actions: _of_policies(lambda each: actions.aimless_actions(each, also=())),
    actions.incomplete_actions: _incomplete,
    actions.strange_conditions: _of_policies(actions.strange_conditions),
    actions.unknown_actions: _of_policies(actions.unknown_actions),
    bake: lambda canary, scans: _refused(
        FailedHookException, lambda: bake(TEMPLATE, canary.bad, into=scans.folder())
    ),
    checkov.read: _read,
    checkov.scan_manifests: lambda canary, scans: scans.failures(scans.manifests_of(canary)),
    checkov.scan_plan: lambda canary, scans: scans.failures(scans.plan_of(canary)),
    checkov.scan_stacks: _unwaived,
    documents.unreadable: _unreadable,
    evaluation.allowed: _readable,
    finding.needless: _needless,
    finding.unwaived: _unwaived,
    locked_keys: _of_policies(lambda each: locked_keys(each, accounts=ACCOUNTS)),
    managed.unexplained_managed: lambda canary, scans: managed.unexplained_managed(
        _roles(canary, scans)
    ),
    namespaces.open_namespaces: _of_manifests(namespaces.open_namespaces),
    namespaces.unrestricted_namespaces: _of_manifests(namespaces.unrestricted_namespaces),
    needs.lacking: _lacking,
    principals.foreign_principals: _of_policies(
        lambda each: principals.foreign_principals(each, accounts=ACCOUNTS)
    ),
    principals.loose_trusts: _of_policies(principals.loose_trusts),
    principals.vacuous_conditions: _of_policies(principals.vacuous_conditions),
    reach.escalations: lambda canary, scans: reach.escalations(_roles(canary, scans)),
    reach.unexplained_findings: lambda canary, scans: reach.unexplained_findings(
        _roles(canary, scans), reasons=_reasons(canary, scans)
    ),
    reach.unexplained_wildcards: lambda canary, scans: reach.unexplained_wildcards(
        _documents(canary, scans), reasons=_reasons(canary, scans)
    ),
    refusals: lambda canary, scans: refusals(scans.platform, canary.bad),
    refuse: lambda canary, _: _refused(SettingsError, canary.bad),
    render: lambda canary, _: _refused(ChartError, lambda: render(canary.bad)),
    risky_rights: _of_manifests(risky_rights),
    sizes.too_long: lambda canary, scans: sizes.too_long(
        _documents(canary, scans), _roles(canary, scans)
    ),
    spoken_to_in_clear: lambda canary, scans: spoken_to_in_clear(
        _own(canary, scans), _documents(canary, scans)
    ),
    unknown: lambda canary, _: list(unknown(*canary.bad)),
    unsafe_arguments: lambda canary, scans: unsafe_arguments(_own(canary, scans)),
    unrestricted_pods: _of_manifests(unrestricted_pods),
    validate: _validate,
    violations: _violations,
}


def objections(gate: Gate, canary: Canary, scans: Scans) -> Iterator[str]:
    """What the gate says against the canary."""
    yield from JUDGES[gate](canary, scans)
