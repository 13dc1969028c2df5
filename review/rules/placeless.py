"""placeless: a service's image is of an environment that there is.

No ApplicationSet reads the image of another: the service does not run there, and nobody says so. A
misspelt folder is one way to it, an environment's folder taken away another: Argo CD would take the
environment's applications away with it.
"""

from collections.abc import Iterator, Sequence

from review.environment import FOLDER, environments
from review.problem import Problem
from review.repository import Repository
from review.rules.services import Service

RULE = "placeless"


def check(services: Sequence[Service], repository: Repository) -> Iterator[Problem]:
    there = environments(repository)
    for service in services:
        for environment, image in service.images.items():
            if environment not in there:
                yield Problem(
                    rule=RULE,
                    file=image.file,
                    message=(
                        f"there is no {FOLDER}/{environment}/, so {service.name} does not run "
                        f"there. There are {', '.join(there)}."
                    ),
                )
