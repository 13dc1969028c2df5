"""`python -m bench.growth N` synthesizes N stacks of 21 resources each."""

import sys

from stacks.bindings import load_on_demand

load_on_demand()

from cdktf import App, TerraformStack  # noqa: E402
from cdktf_cdktf_provider_aws.iam_role import IamRole  # noqa: E402
from cdktf_cdktf_provider_aws.provider import AwsProvider  # noqa: E402
from cdktf_cdktf_provider_aws.subnet import Subnet  # noqa: E402
from cdktf_cdktf_provider_aws.vpc import Vpc  # noqa: E402

SETS = 7


def fill(stack: TerraformStack) -> None:
    AwsProvider(stack, "aws", region="eu-central-1")
    for number in range(SETS):
        tags = {"Name": f"vpc-{number}"}
        vpc = Vpc(stack, f"vpc-{number}", cidr_block="10.0.0.0/16", tags=tags)
        Subnet(stack, f"subnet-{number}", vpc_id=vpc.id, cidr_block="10.0.1.0/24", tags=tags)
        IamRole(stack, f"role-{number}", name=f"role-{number}", assume_role_policy="{}")


def main(stacks: int) -> None:
    app = App()
    for number in range(stacks):
        fill(TerraformStack(app, f"stack-{number}"))
    app.synth()


if __name__ == "__main__":
    main(int(sys.argv[1]))
