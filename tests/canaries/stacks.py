"""AWS beside the cluster: edits to the stacks, each a line that a review could miss."""

from gates import checkov
from stacks.guardrails import violations
from tests.canaries.canary import Canary
from tests.canaries.edit import Edit, added, changed, removed
from tests.synthesis import Stack

BLOCK = "aws_s3_bucket_public_access_block.loki-chunks-public-access"
RULE = "aws_vpc_security_group_ingress_rule"
QUEUE = "aws_sqs_queue.notifications-queue"
IMAGES = "aws_ecr_repository.image-api-gateway"


def _untagged(stack: Stack) -> None:
    for provider in stack["provider"]["aws"]:
        del provider["default_tags"]


STACKS = (
    Canary(
        claim="a security group that lets the world in by two halves",
        bad=added("dev-network", RULE, cidr_ipv4="128.0.0.0/1", ip_protocol="-1"),
        rejected_by={violations: f"{RULE}.canary lets the world in"},
    ),
    Canary(
        claim="a security group that lets the world in to SSH",
        bad=added(
            "dev-network",
            "aws_security_group",
            description="Way in",
            vpc_id="${aws_vpc.vpc.id}",
            ingress=[
                {
                    "description": "SSH",
                    "from_port": 22,
                    "to_port": 22,
                    "protocol": "tcp",
                    "cidr_blocks": ["0.0.0.0/0"],
                }
            ],
        ),
        rejected_by={violations: "lets the world in", checkov.scan_stacks: "CKV_AWS_24"},
    ),
    Canary(
        claim="a subnet that gives whatever starts in it a public address",
        bad=changed(
            "dev-network", "aws_subnet.private-eu-central-1a", map_public_ip_on_launch=True
        ),
        rejected_by={violations: "gives public addresses", checkov.scan_stacks: "CKV_AWS_130"},
    ),
    Canary(
        claim="a bucket whose public access is not blocked one way",
        bad=changed("dev-storage", BLOCK, block_public_acls=False),
        rejected_by={
            violations: "leaves block_public_acls off",
            checkov.scan_stacks: "CKV_AWS_53",
        },
    ),
    Canary(
        claim="a bucket whose block is gone altogether",
        bad=removed("dev-storage", BLOCK),
        rejected_by={
            violations: "aws_s3_bucket.loki-chunks",
            checkov.scan_stacks: "CKV2_AWS_6",
        },
    ),
    Canary(
        claim="a bucket that does not say how it encrypts",
        bad=removed(
            "dev-storage",
            "aws_s3_bucket_server_side_encryption_configuration.loki-chunks-encryption",
        ),
        rejected_by={violations: "aws_s3_bucket.loki-chunks has no encryption configuration"},
    ),
    Canary(
        claim="a key that does not rotate",
        bad=changed("dev-encryption", "aws_kms_key.secrets", enable_key_rotation=False),
        rejected_by={
            violations: "aws_kms_key.secrets does not rotate",
            checkov.scan_stacks: "CKV_AWS_7",
        },
    ),
    Canary(
        claim="a log group under Amazon's key",
        bad=changed("dev-cluster", "aws_cloudwatch_log_group.log-group", kms_key_id=None),
        rejected_by={violations: "has no kms_key_id", checkov.scan_stacks: "CKV_AWS_158"},
    ),
    Canary(
        claim="a queue in the clear",
        bad=changed("dev-services", QUEUE, sqs_managed_sse_enabled=False),
        rejected_by={violations: f"{QUEUE} is not encrypted", checkov.scan_stacks: "CKV_AWS_27"},
    ),
    Canary(
        claim="a tag that may mean another image tomorrow",
        bad=changed("account-shared", IMAGES, image_tag_mutability="MUTABLE"),
        rejected_by={violations: "lets tags move", checkov.scan_stacks: "CKV_AWS_51"},
    ),
    Canary(
        claim="images that nobody scans",
        bad=changed("account-shared", IMAGES, image_scanning_configuration={"scan_on_push": False}),
        rejected_by={checkov.scan_stacks: "CKV_AWS_163"},
    ),
    Canary(
        claim="a database in the clear that the world can reach",
        bad=added(
            "dev-services",
            "aws_db_instance",
            instance_class="db.t3.micro",
            engine="postgres",
            publicly_accessible=True,
            storage_encrypted=False,
        ),
        rejected_by={checkov.scan_stacks: "CKV_AWS_17"},
    ),
    Canary(
        claim="a password in a machine's start script",
        bad=added(
            "dev-access",
            "aws_instance",
            ami="ami-0",
            instance_type="t3.micro",
            user_data="export AWS_SECRET_ACCESS_KEY=wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY\n"
            "export AWS_ACCESS_KEY_ID=AKIAIOSFODNN7EXAMPLE",
        ),
        rejected_by={checkov.scan_stacks: "CKV_AWS_46"},
    ),
    Canary(
        claim="a network of prod that a rename destroys",
        bad=changed("prod-network", "aws_vpc.vpc", lifecycle=None),
        rejected_by={violations: "aws_vpc.vpc can be destroyed in production"},
    ),
    Canary(
        claim="a key of prod that is gone in a week",
        bad=changed("prod-encryption", "aws_kms_key.secrets", deletion_window_in_days=7),
        rejected_by={violations: "aws_kms_key.secrets is deleted in under 30 days"},
    ),
    Canary(
        claim="a stack that does not say what it belongs to",
        bad=Edit(stack="dev-edge", change=_untagged),
        rejected_by={violations: "lacks the default tags"},
    ),
)
