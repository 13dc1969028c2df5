"""The contract between Terraform and the GitOps repository: which facts leave, and their shape.

Facts go through git, as `environments/<env>/facts.yaml`: a change of one is reviewed, and
everything renders without a cluster. The stack `outputs` gives them, `delivery.facts` writes
them, the charts read them as `.Values.facts.<name>`. Nothing else leaves Terraform.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from typing import Any

ARN = r"arn:aws:{service}:[a-z0-9-]*:[0-9]{{12}}:{rest}"
BUCKET = r"[a-z0-9][a-z0-9-]{1,61}[a-z0-9]"
CIDR = r"(\d{1,3}\.){3}\d{1,3}/\d{1,2}"
DOMAIN = r"[a-z0-9-]+(\.[a-z0-9-]+)+"


class FactsError(ValueError):
    """Facts that break the contract; the message names each and says what to do."""


def _fact(pattern: str) -> Any:
    return field(metadata={"pattern": pattern})


def _arn(service: str, rest: str) -> Any:
    return _fact(ARN.format(service=service, rest=rest))


@dataclass(frozen=True, kw_only=True)
class Facts:
    """The contract. Each fact is text of a known shape, and none is a secret.

    environment, account_id, region, domain, kubernetes_version: from the settings.
    cluster_name, vpc_id: what the controllers are told, since nodes do not let pods ask.
    vpc_cidr, public_cidr, intra_cidr, service_cidr: for network policies. Pods have addresses of
        the VPC, so "from the load balancers" and "from the API server" need blocks of their own.
    certificate_arn, web_acl_arn: for the ingress classes.
    access_log_bucket, loki_chunks_bucket, loki_ruler_bucket: names of S3 buckets.
    user_pool_*: Cognito, for the monitoring host.
    volumes_key_arn: KMS key of the default storage class.
    registry: host of the image registry.
    """

    environment: str = _fact(r"[a-z][a-z0-9]{1,11}")
    account_id: str = _fact(r"[0-9]{12}")
    region: str = _fact(r"[a-z]{2}(-[a-z]+)+-\d")
    domain: str = _fact(DOMAIN)
    kubernetes_version: str = _fact(r"1\.\d{2}")
    cluster_name: str = _fact(r"tribe-[a-z0-9]+")
    vpc_id: str = _fact(r"vpc-[0-9a-f]+")
    vpc_cidr: str = _fact(CIDR)
    public_cidr: str = _fact(CIDR)
    intra_cidr: str = _fact(CIDR)
    service_cidr: str = _fact(CIDR)
    certificate_arn: str = _arn("acm", "certificate/.+")
    web_acl_arn: str = _arn("wafv2", "regional/webacl/.+")
    access_log_bucket: str = _fact(BUCKET)
    loki_chunks_bucket: str = _fact(BUCKET)
    loki_ruler_bucket: str = _fact(BUCKET)
    user_pool_arn: str = _arn("cognito-idp", "userpool/.+")
    user_pool_id: str = _fact(r"[a-z0-9-]+_[0-9a-zA-Z]+")
    user_pool_client_id: str = _fact(r"[0-9a-zA-Z]+")
    user_pool_domain: str = _fact(BUCKET)
    volumes_key_arn: str = _arn("kms", "key/.+")
    registry: str = _fact(r"[0-9]{12}\.dkr\.ecr\.[a-z0-9-]+\.amazonaws\.com")


def read_facts(given: Mapping[str, object]) -> Facts:
    """Facts from Terraform's outputs. Raises: FactsError, for all faults at once."""
    known = {each.name: each.metadata["pattern"] for each in fields(Facts)}
    faults = [
        f"{name}: is missing; deploy the environment's stacks"
        for name in known
        if name not in given
    ]
    faults += [
        f"{name}: is no fact of the contract; add it to stacks/facts.py"
        for name in given
        if name not in known
    ]
    faults += [
        f"{name}: {given[name]!r} is not of the form {pattern}"
        for name, pattern in known.items()
        if name in given and not _has_form(given[name], pattern)
    ]
    if faults:
        raise FactsError("\n".join(faults))
    return Facts(**{name: str(given[name]) for name in known})


def _has_form(value: object, pattern: str) -> bool:
    # Text alone: as text, a null would be the fact "None".
    return isinstance(value, str) and re.fullmatch(pattern, value) is not None
