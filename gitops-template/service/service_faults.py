"""What is wrong between answers, and between them and the repository."""

from collections.abc import Iterator, Mapping

from service_repository import Repository
from service_rules import listed

Answers = Mapping[str, str]


def faults(answers: Answers, *, repository: Repository) -> Iterator[str]:
    """Each fault with its answer's name and the mend."""
    yield from _name_faults(answers, repository)
    yield from _strategy_faults(answers)
    yield from _exposure_faults(answers, repository)
    yield from _worker_faults(answers)
    yield from _peer_faults(answers, repository)
    yield from _environment_faults(answers, repository)


def exposure_of(answers: Answers) -> str:
    """The exposure asked for, or the class's own."""
    return answers["exposure"] or ("none" if answers["service_class"] == "worker" else "internal")


def path_of(answers: Answers) -> str:
    return answers["path"] or f"/{answers['name']}"


def _name_faults(answers: Answers, repository: Repository) -> Iterator[str]:
    name = answers["name"]
    for service in repository.services:
        if service.name.casefold() == name:
            there = f"services/{service.namespace}/{service.name}"
            yield f"name: {there} exists already. Change it there, or take another name."
    if taken := repository.application(name):
        yield f"name: {name} is {taken}. Take another name."


def _strategy_faults(answers: Answers) -> Iterator[str]:
    strategy, exposure = answers["strategy"], exposure_of(answers)
    if answers["service_class"] == "worker":
        if strategy != "rolling":
            mend = "Write strategy=rolling."
            yield f"strategy: {strategy} switches requests, and a worker gets none. {mend}"
    elif strategy == "canary" and exposure != "path":
        mend = "Write exposure=path, or strategy=rolling or blueGreen."
        yield f"strategy: canary weighs requests at the ALB, and exposure is {exposure}. {mend}"
    elif strategy == "blueGreen" and exposure not in ("internal", "path"):
        mend = "Write exposure=internal or path, or strategy=rolling."
        yield (
            "strategy: blueGreen switches a Service in the cluster or weights at the ALB, and "
            f"exposure is {exposure}. {mend}"
        )


def _exposure_faults(answers: Answers, repository: Repository) -> Iterator[str]:
    exposure, host = exposure_of(answers), ""
    if answers["service_class"] == "worker" and exposure != "none":
        yield f"exposure: is {exposure}, and a worker is called by nobody. Write exposure=none."
        return
    if answers["path"] and exposure != "path":
        yield f"path: is given, and exposure is {exposure}. Write exposure=path, or no path."
    if answers["node_port"] and exposure != "nodePort":
        yield f"node_port: is given, and exposure is {exposure}. Write exposure=nodePort."
    if exposure == "nodePort" and not answers["node_port"]:
        yield "node_port: is missing. Write a number of 30000 to 32767 that no service has."
    if exposure == "path":
        host = repository.classes[answers["service_class"]]["host"]
        path = path_of(answers)
        if owner := repository.owner(key="path", value=path, host=host):
            yield (
                f"path: {path} at the host {host!r} is {owner.namespace}/{owner.name}'s. "
                "Take another, or one below it."
            )
    if answers["node_port"]:
        port = int(answers["node_port"])
        if owner := repository.owner(key="nodePort", value=port, host=""):
            yield f"node_port: {port} is {owner.namespace}/{owner.name}'s. Take another."


def _worker_faults(answers: Answers) -> Iterator[str]:
    queue, worker = answers["queue"], answers["service_class"] == "worker"
    if queue not in ("", "none") and not worker:
        mend = "Write no queue, or service_class=worker."
        yield f"queue: only a worker has one, and the class is {answers['service_class']}. {mend}"
    if queue == "none" and worker:
        yield "queue: a worker is scaled by its queue. Write queue=sqs or prometheus."
    if (queue == "prometheus") != bool(answers["queue_query"]):
        missing = queue == "prometheus"
        yield (
            "queue_query: is missing. Write the PromQL that counts what waits."
            if missing
            else "queue_query: is given, and queue is not prometheus. Write queue=prometheus."
        )
    if answers["health_command"] and (not worker or answers["port"]):
        yield "health_command: is for a worker without a port. Leave it out: the port is asked."


def _peer_faults(answers: Answers, repository: Repository) -> Iterator[str]:
    namespace = repository.classes[answers["service_class"]]["runsIn"]
    if answers["callers"] and exposure_of(answers) == "none":
        yield "callers: nobody can call a service whose exposure is none. Leave them out."
    for peer in listed(answers["callers"]):
        caller = _namespace(peer, namespace)
        if namespace not in repository.borders[caller]:
            opened = ", ".join(repository.borders[caller])
            yield f"callers: {peer} may not call into {namespace}. From {caller} is open: {opened}."
    for peer in listed(answers["calls"]):
        called = _namespace(peer, namespace)
        if called not in repository.borders[namespace]:
            opened = ", ".join(repository.borders[namespace])
            yield f"calls: {peer} is out of reach of {namespace}. From there is open: {opened}."
    if answers["name"] in {peer.rpartition("/")[2] for peer in listed(answers["calls"])}:
        yield f"calls: {answers['name']} is the service itself. Leave it out."


def _environment_faults(answers: Answers, repository: Repository) -> Iterator[str]:
    asked, there = listed(answers["environments"]), repository.environments
    if not asked:
        yield f"environments: are missing. Write one of {', '.join(there)}, or several with commas."
    for environment in asked:
        if environment not in there:
            yield f"environments: {environment!r} is none of {', '.join(there)}."
    if set(asked) <= set(there) and set(asked) != set(there[: len(set(asked))]):
        first = ",".join(there[: len(set(asked))])
        yield f"environments: a service is promoted in order. Write environments={first}."
    if not answers["image_tag"] and not answers["image_digest"]:
        yield "image_tag: is missing, and image_digest too. Write the version that was built."
    for environment in asked:
        if (
            environment in there
            and repository.requires_digest(environment)
            and not answers["image_digest"]
        ):
            mend = "Write image_digest, or begin with dev and promote."
            yield f"image_digest: is missing, and {environment} runs images by digest. {mend}"


def _namespace(peer: str, own: str) -> str:
    return peer.partition("/")[0] if "/" in peer else own
