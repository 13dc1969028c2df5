"""ECR: all images in one account, so that prod runs the very digest that ran in dev."""

import json
from collections.abc import Sequence

from cdktf_cdktf_provider_aws.ecr_lifecycle_policy import EcrLifecyclePolicy
from cdktf_cdktf_provider_aws.ecr_registry_scanning_configuration import (
    EcrRegistryScanningConfiguration,
    EcrRegistryScanningConfigurationRule,
    EcrRegistryScanningConfigurationRuleRepositoryFilter,
)
from cdktf_cdktf_provider_aws.ecr_repository import (
    EcrRepository,
    EcrRepositoryEncryptionConfiguration,
)
from cdktf_cdktf_provider_aws.ecr_repository_policy import EcrRepositoryPolicy

from stacks.encryption import key
from stacks.naming import ORGANISATION, name
from stacks.policy import Statement, document
from stacks.services import Service
from stacks.settings import Account
from stacks.stack import AccountStack

IMAGES_KEPT = 200
UNTAGGED_DAYS = 14
KEY_DELETION_DAYS = 30


def registry_host(account: Account) -> str:
    """Where images are pushed to and pulled from."""
    return f"{account.id}.dkr.ecr.{account.region}.amazonaws.com"


def registry(
    stack: AccountStack,
    *,
    account: Account,
    pullers: Sequence[Account],
    services: Sequence[Service],
) -> None:
    """A repository `tribe/<service>` for each service, readable by the accounts that pull."""
    images = key(
        stack,
        "images",
        alias=name("images"),
        description="Container images of all services",
        account_id=account.id,
        deletion_days=KEY_DELETION_DAYS,
    ).arn
    EcrRegistryScanningConfiguration(
        stack,
        "scanning",
        scan_type="BASIC",
        rule=[
            EcrRegistryScanningConfigurationRule(
                scan_frequency="SCAN_ON_PUSH",
                repository_filter=[
                    EcrRegistryScanningConfigurationRuleRepositoryFilter(
                        filter="*", filter_type="WILDCARD"
                    )
                ],
            )
        ],
    )
    for service in services:
        repository = EcrRepository(
            stack,
            f"image-{service.name}",
            name=f"{ORGANISATION}/{service.name}",
            image_tag_mutability="IMMUTABLE",
            image_scanning_configuration={"scan_on_push": True},
            encryption_configuration=[
                EcrRepositoryEncryptionConfiguration(encryption_type="KMS", kms_key=images)
            ],
            lifecycle=stack.kept(),
        ).name
        EcrLifecyclePolicy(
            stack, f"image-{service.name}-lifecycle", repository=repository, policy=_lifecycle()
        )
        EcrRepositoryPolicy(
            stack, f"image-{service.name}-pullers", repository=repository, policy=_pull(pullers)
        )


def _pull(accounts: Sequence[Account]) -> str:
    return document(
        [
            Statement(
                sid="Pull",
                actions=[
                    "ecr:BatchCheckLayerAvailability",
                    "ecr:BatchGetImage",
                    "ecr:GetDownloadUrlForLayer",
                ],
                principals={"AWS": [f"arn:aws:iam::{account.id}:root" for account in accounts]},
            )
        ]
    )


def _lifecycle() -> str:
    rules = [
        _expire(1, "untagged", "sinceImagePushed", UNTAGGED_DAYS, {"countUnit": "days"}),
        _expire(2, "any", "imageCountMoreThan", IMAGES_KEPT, {}),
    ]
    return json.dumps({"rules": rules}, separators=(",", ":"))


def _expire(
    priority: int, status: str, count_type: str, count: int, unit: dict[str, str]
) -> dict[str, object]:
    return {
        "rulePriority": priority,
        "description": f"{status} images: {count_type} {count}",
        "selection": {"tagStatus": status, "countType": count_type, **unit, "countNumber": count},
        "action": {"type": "expire"},
    }
