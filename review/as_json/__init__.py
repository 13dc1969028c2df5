"""What is found, for tools: JSON in shapes that stay.

A field is added without a new version; one that goes or means something else brings the next.
"""

import json
from collections.abc import Mapping
from typing import Any


def text(content: Mapping[str, Any]) -> str:
    """The JSON text, as every verb writes it, with a newline at its end."""
    return json.dumps(content, indent=2, ensure_ascii=False) + "\n"
