"""A GitOps repository with nothing in it but what the verbs read: orders in dev, thumbs in all."""

import json

REGISTRY = "111111111111.dkr.ecr.eu-central-1.amazonaws.com"
# Prod pulls from a copy, as an account of its own might.
REGISTRIES = {
    "dev": REGISTRY,
    "staging": REGISTRY,
    "prod": "333333333333.dkr.ecr.eu-central-1.amazonaws.com",
}
STAGES = tuple(REGISTRIES)


def digest(letter: str) -> str:
    """A digest of one letter, to be told from others at a glance."""
    return f"sha256:{letter * 64}"


def image(tag: str, letter: str, *, service: str = "orders", registry: str = REGISTRY) -> str:
    """An image.yaml as the service template makes it."""
    return (
        "# Written by CI in dev and by promotion elsewhere, and by nobody else.\n"
        "image:\n"
        f'  repository: "{registry}/tribe/{service}"\n'
        f'  tag: "{tag}"\n'
        f'  digest: "{digest(letter) if letter else ""}"\n'
    )


def repository() -> dict[str, str]:
    """Path → text."""
    files = {
        ".scaffold.yaml": "answers:\n  branch: main\n",
        ".github/CODEOWNERS": (
            "*  @tribe-example/platform\n\n"
            "/services/api-services/orders/  @tribe-example/payments\n"
            "/services/api-services/thumbs/  @tribe-example/media\n\n"
            "/services/*/*/prod/  @tribe-example/platform\n"
        ),
        "charts/service/Chart.yaml": "name: service\n",
        "services/api-services/orders/values.yaml": "class: api\ncallers: [thumbs]\n",
        "services/api-services/orders/dev/values.yaml": "{}\n",
        "services/api-services/orders/dev/image.yaml": image("1.0.0", "a"),
        "services/api-services/thumbs/values.yaml": "class: worker\n",
    }
    for stage, registry in REGISTRIES.items():
        policy = "create-update" if stage == "prod" else "sync"
        files |= {
            f"environments/{stage}/facts.yaml": f'facts:\n  registry: "{registry}"\n',
            f"environments/{stage}/services.yaml": json.dumps(
                {"spec": {"syncPolicy": {"applicationsSync": policy}}}
            ),
            f"services/api-services/thumbs/{stage}/values.yaml": "{}\n",
            f"services/api-services/thumbs/{stage}/image.yaml": image(
                "1.0.0", "a", service="thumbs", registry=registry
            ),
        }
    return files
