"""The template of a service: its answers, and what its files need beside them."""

import shlex
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, ClassVar

sys.path.append(str(Path(__file__).parent.parent))

from scaffolding.answers import Rule
from scaffolding.template import Template
from service_faults import exposure_of, faults, path_of
from service_repository import Repository
from service_rules import RULES, listed

PORT = "8080"
HEALTH_COMMAND = "/app/healthy"


class ServiceTemplate(Template):
    """The rules of a service's answers, and its place in the repository."""

    rules: ClassVar[Mapping[str, Rule]] = RULES

    def target(self, answers: Mapping[str, str]) -> str:
        return answers["name"]

    def faults(self, answers: Mapping[str, str], *, output_dir: Path) -> Iterable[str]:
        try:
            repository = Repository(output_dir)
        except NotADirectoryError as error:
            return [f"output folder: {error}"]
        return faults(answers, repository=repository)

    def derive(self, answers: Mapping[str, str], *, output_dir: Path) -> Mapping[str, Any]:
        repository = Repository(output_dir)
        service_class = repository.classes[answers["service_class"]]
        namespace, worker = service_class["runsIn"], answers["service_class"] == "worker"
        asked = listed(answers["environments"])
        environments = [each for each in repository.environments if each in asked]
        domain = repository.fact(repository.environments[-1], "domain")  # of the one that matters
        registry = repository.fact(environments[0], "registry")
        return {
            "namespace": namespace,
            "folder": f"services/{namespace}/{answers['name']}",
            "container_port": answers["port"] or ("" if worker else PORT),
            "exposure_values": _exposure_values(answers),
            "queue_values": _queue_values(answers) if worker else {},
            "dead_letters": f"tribe-<environment>-{answers['name']}-dead-letters"
            if _has_queue_of_its_own(answers)
            else "",
            "health_command_values": shlex.split(answers["health_command"] or HEALTH_COMMAND)
            if worker and not answers["port"]
            else [],
            "caller_list": listed(answers["callers"]),
            "call_list": listed(answers["calls"]),
            "environment_list": environments,
            "image_repository": f"{registry}/tribe/{answers['name']}",
            "owner": f"@{repository.organisation}/{answers['team']}",
            "monitoring_host": f"monitoring.{domain}",
            "stack_line": stack_line(answers, namespace=namespace),
        }


def stack_line(answers: Mapping[str, str], *, namespace: str) -> str:
    """What the service needs of AWS: one line in SERVICES of the platform's stacks/services.py."""
    queue = ", queue=True" if _has_queue_of_its_own(answers) else ""
    return f'Service(name="{answers["name"]}", namespace="{namespace}"{queue}),'


def _has_queue_of_its_own(answers: Mapping[str, str]) -> bool:
    return answers["service_class"] == "worker" and answers["queue"] in ("", "sqs")


def _exposure_values(answers: Mapping[str, str]) -> dict[str, Any]:
    """The chart's `exposure`; empty where the class's own is meant."""
    kind = exposure_of(answers)
    if kind == "path":
        return {"kind": kind, "path": path_of(answers)}
    if kind == "nodePort":
        return {"kind": kind, "nodePort": int(answers["node_port"])}
    return {"kind": kind} if answers["exposure"] else {}


def _queue_values(answers: Mapping[str, str]) -> dict[str, str]:
    if answers["queue"] == "prometheus":
        return {"kind": "prometheus", "query": answers["queue_query"]}
    return {"kind": "sqs"}
