"""names: a service's name is its own over all namespaces, however it is written.

It becomes the Application's name, the image repository's and the AWS role's, which know no
namespaces; and file systems that do not tell case apart would lay two such folders into one.
"""

from collections.abc import Iterator, Sequence

from review.problem import Problem
from review.rules.services import Service

RULE = "names"


def check(services: Sequence[Service]) -> Iterator[Problem]:
    seen: dict[str, str] = {}
    for service in services:
        other = seen.setdefault(service.name.lower(), service.folder)
        if other != service.folder:
            yield Problem(
                rule=RULE,
                file=service.folder,
                message=f"has the name of {other}. Give the service a name that no other has.",
            )
