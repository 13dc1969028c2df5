"""Resource types that ministack does not implement, and moto does.

They are applied to moto by way of a second provider block in the copy of a stack. The list holds
for the pinned ministack; a test tries each missing action anew, so that no entry outlives its need.
"""

from dataclasses import dataclass
from typing import Any

ALIAS = "moto"


@dataclass(frozen=True, kw_only=True)
class Missing:
    """An action of AWS's API that ministack answers with "unknown action"."""

    service: str
    """botocore's name for it."""
    target: str
    """The value of the request's X-Amz-Target header."""


@dataclass(frozen=True, kw_only=True)
class Detour:
    """A resource type that goes to moto."""

    resource_type: str
    missing: Missing
    reason: str


_WAF_LOGGING = Missing(service="wafv2", target="AWSWAF_20190729.PutLoggingConfiguration")
_ECR_SCANNING = Missing(
    service="ecr",
    target="AmazonEC2ContainerRegistry_V20150921.PutRegistryScanningConfiguration",
)

_SSM_DOCUMENTS = Missing(service="ssm", target="AmazonSSM.CreateDocument")

DETOURS = (
    Detour(
        resource_type="aws_wafv2_web_acl_logging_configuration",
        missing=_WAF_LOGGING,
        reason="ministack has web ACLs, but not their logging.",
    ),
    Detour(
        resource_type="aws_wafv2_web_acl",
        missing=_WAF_LOGGING,
        reason="Its logging is looked up in the emulator that holds the web ACL.",
    ),
    Detour(
        resource_type="aws_ecr_registry_scanning_configuration",
        missing=_ECR_SCANNING,
        reason="ministack scans by repository only.",
    ),
    Detour(
        resource_type="aws_ssm_document",
        missing=_SSM_DOCUMENTS,
        reason="ministack's Systems Manager has parameters, and no documents.",
    ),
)


def take_detours(document: dict[str, Any], *, url: str) -> None:
    """Send the listed resource types of a stack's JSON to moto at `url`."""
    taken = [
        body
        for detour in DETOURS
        for body in document.get("resource", {}).get(detour.resource_type, {}).values()
    ]
    if not taken:
        return
    services = {detour.missing.service for detour in DETOURS}
    block = {**document["provider"]["aws"][0], "alias": ALIAS}
    block["endpoints"] = [dict.fromkeys(sorted(services), url)]
    document["provider"]["aws"].append(block)
    for body in taken:
        body["provider"] = f"aws.{ALIAS}"
