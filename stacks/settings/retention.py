"""How long CloudWatch can keep logs."""

from .schema import refuse

# https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutRetentionPolicy.html
RETENTION_DAYS = (
    *(1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731),
    *(1096, 1827, 2192, 2557, 2922, 3288, 3653),
)


def check_retention(owner: object, field: str, days: int) -> None:
    """Refuse a number of days that CloudWatch does not know; 0, which keeps logs for ever, too."""
    if days not in RETENTION_DAYS:
        told = ", ".join(map(str, RETENTION_DAYS))
        refuse(owner, field, f"is {days}, which CloudWatch does not know.", f"Write one of {told}.")
