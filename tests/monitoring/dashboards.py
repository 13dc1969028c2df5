"""The dashboards, read from the template."""

import json
import re
from collections.abc import Mapping
from typing import Any

from tests.monitoring.rules import PROJECT

FILES = sorted((PROJECT / "monitoring" / "dashboards").glob("*.json"))
DASHBOARDS: Mapping[str, Any] = {file.stem: json.loads(file.read_text()) for file in FILES}

# What Grafana puts in before it asks.
VARIABLES = {"$__auto": "5m", "$__rate_interval": "5m"}


def panels(name: str) -> list[Mapping[str, Any]]:
    """All panels but the rows' own titles."""
    return [panel for panel in DASHBOARDS[name]["panels"] if panel["type"] != "row"]


def queries(kind: str) -> dict[str, str]:
    """Every query to data sources of a kind, variables filled in: where it stands → the query."""
    found = {}
    for name in DASHBOARDS:
        for panel in panels(name):
            for target in panel["targets"]:
                if target["datasource"]["type"] == kind:
                    expression = target["expr"]
                    for variable, value in VARIABLES.items():
                        expression = expression.replace(variable, value)
                    expression = re.sub(r"\$([a-z]\w*)", r"\1", expression)
                    found[f"{name}: {panel['title']} {target['refId']}"] = expression
    return found
