"""Facts of an environment as far as they are known before Terraform has run.

The contract is the platform's (stacks/facts.py); a test holds the two together. What only AWS can
say is all zeros here: of the right shape, so that everything renders, and evidently nobody's.
`make facts ENV=<environment>` in the platform's repository writes the real ones.
"""

from collections.abc import Mapping
from ipaddress import IPv4Network

# Blocks of 65,536 addresses, one for each environment, so that they can be peered one day.
VPC_CIDRS = {"dev": "10.10.0.0/16", "staging": "10.20.0.0/16", "prod": "10.30.0.0/16"}
SERVICE_CIDR = "172.20.0.0/16"

ENVIRONMENTS = tuple(VPC_CIDRS)
PRODUCTION = "prod"

ZERO_ID = "0" * 17
ZERO_UUID = "00000000-0000-0000-0000-000000000000"
ZERO_POOL = "0" * 9
ZERO_CLIENT = "0" * 26


def first_facts(environment: str, answers: Mapping[str, str]) -> dict[str, str]:
    """Every fact of the contract, by its name in facts.yaml."""
    region, account = answers["region"], answers[f"{environment}_account_id"]
    domain = (
        answers["domain"] if environment == PRODUCTION else f"{environment}.{answers['domain']}"
    )
    cluster = f"tribe-{environment}"
    pool = f"{region}_{ZERO_POOL}"
    # The platform's address plan: six eighths for nodes and pods, one for load balancers, one for
    # the control plane's interfaces.
    eighths = list(IPv4Network(VPC_CIDRS[environment]).subnets(3))
    return {
        "environment": environment,
        "accountId": account,
        "region": region,
        "domain": domain,
        "kubernetesVersion": answers["kubernetes_version"],
        "clusterName": cluster,
        "vpcId": f"vpc-{ZERO_ID}",
        "vpcCidr": VPC_CIDRS[environment],
        "publicCidr": str(eighths[6]),
        "intraCidr": str(eighths[7]),
        "serviceCidr": SERVICE_CIDR,
        "certificateArn": f"arn:aws:acm:{region}:{account}:certificate/{ZERO_UUID}",
        "webAclArn": f"arn:aws:wafv2:{region}:{account}:regional/webacl/{cluster}/{ZERO_UUID}",
        "accessLogBucket": f"tribe-{environment}-access-logs-{account}",
        "lokiChunksBucket": f"tribe-{environment}-loki-chunks-{account}",
        "lokiRulerBucket": f"tribe-{environment}-loki-ruler-{account}",
        "userPoolArn": f"arn:aws:cognito-idp:{region}:{account}:userpool/{pool}",
        "userPoolId": pool,
        "userPoolClientId": ZERO_CLIENT,
        "userPoolDomain": f"tribe-{environment}-monitoring-{account}",
        "volumesKeyArn": f"arn:aws:kms:{region}:{account}:key/{ZERO_UUID}",
        "registry": f"{answers['registry_account_id']}.dkr.ecr.{region}.amazonaws.com",
    }
