"""Edits that harm nobody."""

from dataclasses import dataclass

from tests.review.rules.complete import Edits, add, change
from tests.review.rules.planting import GATEWAY, MODEL, OTHER, POD, WORKER, agent


@dataclass(frozen=True, kw_only=True)
class Harmless:
    edits: Edits
    environment: str = "dev"


HARMLESS = {
    "a comment": Harmless(edits={f"{GATEWAY}/values.yaml": add("# Owned by the platform team.\n")}),
    "another replica within bounds": Harmless(
        edits={f"{GATEWAY}/prod/values.yaml": "replicas: {min: 3, max: 10}\n"}, environment="prod"
    ),
    "a path of its own": Harmless(
        edits={f"{GATEWAY}/values.yaml": change('path: "/"', 'path: "/v2"')}
    ),
    "a new version in dev": Harmless(
        edits={
            f"{MODEL}/dev/image.yaml": lambda text: text.replace("0.1.0", "0.2.0").replace(
                f"sha256:{'5e' * 32}", OTHER
            )
        }
    ),
    "a new version in dev, for staging": Harmless(
        edits={
            f"{MODEL}/dev/image.yaml": lambda text: text.replace("0.1.0", "0.2.0").replace(
                f"sha256:{'5e' * 32}", OTHER
            )
        },
        environment="staging",
    ),
    "a version promoted all the way": Harmless(
        edits={
            f"{MODEL}/{environment}/image.yaml": lambda text: text.replace(
                "0.1.0", "0.2.0"
            ).replace(f"sha256:{'5e' * 32}", OTHER)
            for environment in ("dev", "staging", "prod")
        },
        environment="prod",
    ),
    "a secret with its entry": Harmless(
        edits={f"{GATEWAY}/values.yaml": add("secrets: [TOKEN]\n")}
    ),
    "a setting": Harmless(edits={f"{WORKER}/values.yaml": add("config: {LEVEL: debug}\n")}),
    "more memory within bounds": Harmless(
        edits={
            f"{WORKER}/dev/values.yaml": (
                "resources:\n  requests: {cpu: 500m, memory: 1Gi}\n"
                "  limits: {cpu: 1, memory: 2Gi}\n"
            )
        }
    ),
    "a quota that is raised": Harmless(
        edits={"platform/values.yaml": change('requests.cpu: "8"', 'requests.cpu: "12"')}
    ),
    "a service that leaves prod": Harmless(
        edits={f"{MODEL}/prod/image.yaml": None, f"{MODEL}/prod/values.yaml": None},
        environment="prod",
    ),
    "an add-on's next version": Harmless(
        edits={"addons/keda/addon.yaml": change("version: 2.20.2", "version: 2.20.3")}
    ),
    "an agent that keeps to itself": Harmless(edits=agent(POD)),
    "a page of documentation": Harmless(edits={"docs/runbooks/README.md": add("\nMore.\n")}),
}
