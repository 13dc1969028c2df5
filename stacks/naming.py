"""Names and tags. Pure: every name that two places must agree on is made here, once."""

ORGANISATION = "tribe"

# The shortest limit among the kinds that take these names: S3 buckets, 63; IAM roles take 64
# (https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html).
LONGEST = 63

# Policies are conditioned on it: an environment's own resources bear the environment's name.
SCOPE_TAG = "tribe:scope"

# The load balancer controller puts it, with the cluster's name, on all that it makes.
CLUSTER_TAG = "elbv2.k8s.aws/cluster"
ACCOUNT_SCOPE = "account"


def name(*parts: str) -> str:
    """`tribe-<parts>`, joined by dashes. Raises: ValueError where AWS would refuse its length."""
    whole = "-".join((ORGANISATION, *parts))
    if len(whole) > LONGEST:
        raise ValueError(f"{whole} has {len(whole)} letters; AWS takes {LONGEST}. Shorten a part.")
    return whole


def bucket_name(*parts: str, account_id: str) -> str:
    """A bucket's name: buckets share one namespace over all of AWS, so the account's id ends it."""
    return name(*parts, account_id)


def secret_prefix(environment: str, namespace: str) -> str:
    """Where a namespace's secrets stand in Secrets Manager; its reader may read nothing else."""
    return f"{ORGANISATION}/{environment}/{namespace}/"


def secret_reader_role(environment: str, namespace: str) -> str:
    """The role by which one namespace's secret store reads. The GitOps side spells it too."""
    return name(environment, "secrets", namespace)


def role_arn(account_id: str, role: str) -> str:
    """The ARN of a role that another stack makes: no state need be read to know it."""
    return f"arn:aws:iam::{account_id}:role/{role}"


def boundary_arn(account_id: str) -> str:
    """The ARN of the permissions boundary that every role of the account bears."""
    return f"arn:aws:iam::{account_id}:policy/{name('boundary')}"


def tags(*, scope: str, noun: str) -> dict[str, str]:
    """Tags of everything in one stack. scope: the environment, or the account."""
    return {
        SCOPE_TAG: scope,
        "tribe:stack": noun,
        "tribe:managed-by": "cdktf",
    }
