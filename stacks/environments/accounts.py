"""The AWS accounts. Replace the ids by your own; everything else follows from them."""

from stacks.settings import Account

# What a new account lacks, and the deployers may not make: EKS wants its own two before the first
# cluster, and the volumes key names Auto Scaling's.
SERVICE_LINKED_ROLES = (
    "autoscaling.amazonaws.com",
    "eks.amazonaws.com",
    "eks-nodegroup.amazonaws.com",
)

SHARED = Account(
    name="shared",
    id="111111111111",
    region="eu-central-1",
    state_bucket="tribe-state-111111111111",
    holds_images=True,
)

NONPROD = Account(
    name="nonprod",
    id="222222222222",
    region="eu-central-1",
    state_bucket="tribe-state-222222222222",
    service_linked_roles=SERVICE_LINKED_ROLES,
)

PROD = Account(
    name="prod",
    id="333333333333",
    region="eu-central-1",
    state_bucket="tribe-state-333333333333",
    service_linked_roles=SERVICE_LINKED_ROLES,
)
