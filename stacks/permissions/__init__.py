"""What each controller in the cluster may do in AWS: one file for each, scoped by ARN or tag.

Where AWS knows no narrower resource for an action, the statement's `why` says so; the source is
https://docs.aws.amazon.com/service-authorization/latest/reference/.
"""

NO_RESOURCE = "AWS has no resource for these actions: they list or describe"
