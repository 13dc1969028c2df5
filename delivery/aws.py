"""The AWS CLI: what it answers, and its words where it fails."""

import subprocess

SECONDS = 120


class AwsFailedError(Exception):
    """The AWS CLI ended badly; its words are in the message."""


def aws(*arguments: str, region: str) -> str:
    """What the AWS CLI prints. Raises: AwsFailedError."""
    command = ["aws", *arguments, "--region", region, "--output", "json", "--no-cli-pager"]
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=SECONDS, check=False)
    except FileNotFoundError:
        raise AwsFailedError(
            "There is no `aws` on PATH: run this by make, which installs it."
        ) from None
    except subprocess.TimeoutExpired:
        raise AwsFailedError(f"`{' '.join(command)}` was not done after {SECONDS} s.") from None
    if done.returncode:
        raise AwsFailedError(f"`{' '.join(command)}`: {done.stderr.strip()}")
    return done.stdout
