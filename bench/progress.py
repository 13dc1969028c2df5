"""Progress goes to standard error, so that the table can be kept."""

import sys


def say(text: str) -> None:
    print(f"  {text}", file=sys.stderr, flush=True)
