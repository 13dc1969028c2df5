"""What is kept, for how long, and behind which firewall."""

from tests.review.stacks.planted.firewall import firewall, rate
from tests.review.stacks.tiny import VPC
from tests.review.stacks.told.case import goes, one
from tests.review.stacks.told.encryption import rule

LIFECYCLE = "aws_s3_bucket_lifecycle_configuration.logs"

PROTECTION = (
    one(
        "a hop limit becomes smaller",
        "aws_launch_template.nodes", {"metadata_options": {"http_put_response_hop_limit": 2}},
        {"metadata_options": {"http_put_response_hop_limit": 1}},
    ),
    one(
        "a bucket keeps versions from now on",
        "aws_s3_bucket_versioning.logs", {"versioning_configuration": {"status": "Suspended"}},
        {"versioning_configuration": {"status": "Enabled"}},
    ),
    one(
        "objects that were kept for ever are deleted",
        LIFECYCLE, rule("all", status="Enabled"),
        rule("all", status="Enabled", expiration={"days": 30}),
        "deletes objects after 30 days: rule[all].expiration",
    ),
    one(
        "objects are kept for longer",
        LIFECYCLE, rule("all", expiration={"days": 30}), rule("all", expiration={"days": 90}),
    ),
    one(
        "objects go to cheaper storage sooner",
        LIFECYCLE, rule("all", transition={"days": 90}), rule("all", transition={"days": 30}),
    ),
    one(
        "a cluster gets the next Kubernetes",
        "aws_eks_cluster.cluster", {"version": "1.35"}, {"version": "1.36"},
        "gets a new Kubernetes, and no way back: Kubernetes 1.35 → 1.36",
    ),
)  # fmt: skip

FIREWALL = (
    goes(
        "the firewall goes",
        VPC, "aws_wafv2_web_acl.acl", firewall(rate()),
        "goes, with all its rules",
    ),
    one(
        "a firewall's rule gets an action where it had none",
        "aws_wafv2_web_acl.acl", firewall({"name": "rate", "statement": {}}), firewall(rate()),
    ),
)  # fmt: skip
