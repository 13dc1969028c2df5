"""Planted dangers on the way there: images, facts, promotion, and who syncs."""

from tests.review.rules.complete import change
from tests.review.rules.planting import FRONTEND, GATEWAY, MODEL, OTHER, Danger

DANGERS = {
    "an image called latest in prod": Danger(
        edits={
            f"{GATEWAY}/prod/image.yaml": lambda text: text.replace("0.1.0", "latest").replace(
                f"sha256:{'5e' * 32}", ""
            )
        },
        rule="images",
        says="names no version",
        environment="prod",
    ),
    "an image without a digest in staging": Danger(
        edits={f"{MODEL}/staging/image.yaml": change(f"sha256:{'5e' * 32}", "")},
        rule="images",
        says="has no digest",
        environment="staging",
    ),
    "a tag that somebody moved": Danger(
        edits={f"{MODEL}/staging/image.yaml": change(f"sha256:{'5e' * 32}", OTHER)},
        rule="moved-tag",
        says="somebody moved it",
        environment="staging",
        severity="warning",
    ),
    "a name that differs by case alone": Danger(
        edits={"services/ai-services/Api-Gateway/values.yaml": "class: ai\n"},
        rule="names",
        says="has the name of",
    ),
    "an image for an environment that is not there": Danger(
        edits={
            f"{MODEL}/qa/image.yaml": f'image: {{repository: "r/x", tag: "1", digest: "{OTHER}"}}\n'
        },
        rule="placeless",
        says="there is no environments/qa/, so recommendations does not run there",
    ),
    "prod that syncs by itself": Danger(
        edits={"environments/prod/services.yaml": change("enabled: false", "enabled: true")},
        rule="sync",
        says="in prod a person syncs",
        environment="prod",
    ),
    "prod whose workloads go with a file": Danger(
        edits={"environments/prod/services.yaml": change("create-update", "sync")},
        rule="sync",
        says="must be create-update",
        environment="prod",
    ),
    "prod whose workloads go with the set": Danger(
        edits={
            "environments/prod/addons.yaml": change(
                "preserveResourcesOnDeletion: true", "preserveResourcesOnDeletion: false"
            )
        },
        rule="sync",
        says="deletes every workload",
        environment="prod",
    ),
    "replicas that every sync sets back": Danger(
        edits={
            "environments/staging/services.yaml": change(
                "          - RespectIgnoreDifferences=true\n", ""
            )
        },
        rule="sync",
        says="must hold RespectIgnoreDifferences=true",
        environment="staging",
    ),
    "a sync that is tried for ever": Danger(
        edits={"environments/dev/platform.yaml": change("limit: 5", "limit: -1")},
        rule="sync",
        says="is unbounded",
    ),
    "dev that does not heal itself": Danger(
        edits={"environments/dev/services.yaml": change("selfHeal: true", "selfHeal: false")},
        rule="sync",
        says="must be true",
        severity="warning",
    ),
    "prod ahead of staging": Danger(
        edits={
            f"{FRONTEND}/prod/image.yaml": lambda text: text.replace("0.1.0", "0.2.0").replace(
                f"sha256:{'5e' * 32}", OTHER
            )
        },
        rule="promotion",
        says="staging, now at 0.1.0",
        environment="prod",
    ),
    "a service of prod that staging has not": Danger(
        edits={
            f"{FRONTEND}/staging/image.yaml": None,
            f"{FRONTEND}/staging/values.yaml": None,
        },
        rule="promotion",
        says="runs in prod and not in staging",
        environment="prod",
    ),
    "facts of prod that nobody knows": Danger(
        edits={"environments/prod/facts.yaml": change("vpc-0a1b2c3d4e5f60718", f"vpc-{'0' * 17}")},
        rule="facts",
        says="vpcId: not known yet",
        environment="prod",
    ),
    "facts of another account": Danger(
        edits={
            "environments/prod/facts.yaml": change(
                "arn:aws:acm:eu-central-1:333333333333", "arn:aws:acm:eu-central-1:222222222222"
            )
        },
        rule="facts",
        says="is of the account 222222222222, and accountId is 333333333333",
        environment="prod",
    ),
    "an exception without a reason": Danger(
        edits={f"{GATEWAY}/prod/exception.yaml": 'promotion: ""\n'},
        rule="exception",
        says="must say why",
        environment="prod",
    ),
    "an exception that nothing needs": Danger(
        edits={f"{GATEWAY}/prod/exception.yaml": "promotion: staging is down until Friday\n"},
        rule="promotion",
        says="nothing needs this exception",
        environment="prod",
        severity="warning",
    ),
}
