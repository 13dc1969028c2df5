"""What makes a scanner quiet: waivers, comments, files that it cannot read."""

from gates import checkov, finding
from tests.canaries.canary import Canary
from tests.canaries.edit import Edit
from tests.canaries.printed import printed
from tests.canaries.statement import EVERYTHING, text
from tests.synthesis import Stack

BLOCK = "aws_s3_bucket_public_access_block.loki-chunks-public-access"


def _waived(address: str, why: str, *checks: str, opened: bool) -> Edit:
    """A bucket's block with a waiver of these checks; opened, or as it should be."""
    kind, name = address.split(".")

    def change(stack: Stack) -> None:
        block = stack["resource"][kind][name]
        block["block_public_acls"] = not opened
        block.setdefault("//", {})["waivers"] = {" ".join(checks): why}

    return Edit(stack="dev-storage", change=change)


SCANNER = (
    Canary(
        claim="a waiver that gives no reason",
        bad=_waived(BLOCK, "  ", "CKV_AWS_53", opened=True),
        rejected_by={finding.unwaived: "CKV_AWS_53"},
    ),
    Canary(
        claim="a waiver that outlives its failure, and would hide the next one",
        bad=_waived(BLOCK, "It was so once.", "CKV_AWS_53", opened=False),
        rejected_by={finding.needless: "CKV_AWS_53 does not fail. Take its waiver away"},
    ),
    Canary(
        claim="a policy that allows everything, in the plan that is applied",
        bad={
            "type": "aws_iam_role_policy",
            "values": {"name": "all", "role": "x", "policy": text(EVERYTHING)},
        },
        rejected_by={checkov.scan_plan: "CKV_AWS_290"},
    ),
    Canary(
        claim="a file that checkov cannot read, and is content with",
        bad=printed(parsing_errors=["/dev-storage/cdk.tf.json"]),
        rejected_by={checkov.read: "could not parse /dev-storage/cdk.tf.json"},
    ),
    Canary(
        claim="a run in which checkov looked at nothing",
        bad=printed(),
        rejected_by={checkov.read: "ran no check"},
    ),
    Canary(
        claim="a check that a comment in the file skips",
        bad=printed(skipped_checks=[{"check_id": "CKV_1", "check_name": "Ensure it"}]),
        rejected_by={checkov.read: "checkov skipped checks"},
    ),
)
