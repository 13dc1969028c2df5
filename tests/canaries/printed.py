"""What checkov prints, for what it does when it does not do its work."""

import json
from typing import Any


def printed(**results: Any) -> str:
    """checkov's output in JSON, with nothing in it but what is given."""
    return json.dumps({"results": {"failed_checks": [], "passed_checks": [], **results}})
