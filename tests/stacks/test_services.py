"""What single services need of AWS: their table's rules, and what it makes."""

import json
import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tests.stacks.loading import load

load()  # before stacks.services, which imports a provider

from stacks.naming import name  # noqa: E402
from stacks.services import SERVICES, Service  # noqa: E402
from stacks.settings import Environment  # noqa: E402
from tests.stacks.settings.refusal import refused  # noqa: E402
from tests.stacks.terraform_json import Arguments, only, resources, source, statements  # noqa: E402
from tests.synthesis import Stack  # noqa: E402

# Letters that a service's name may have: tribe-<12>-<name>-dead-letters has 63 then.
LONGEST = 31
WITH_QUEUE = sorted(service.name for service in SERVICES if service.queue)


@pytest.fixture
def stack(environment: Environment, synthesized: dict[str, Stack]) -> Stack:
    """The services stack of the environment."""
    return synthesized[f"{environment.name}-services"]


def queues(stack: Stack, service: str) -> tuple[Arguments, Arguments]:
    """A service's queue and its dead-letter queue."""
    found = resources(stack, "aws_sqs_queue")
    return found[f"{service}-queue"], found[f"{service}-dead-letters"]


@pytest.mark.parametrize(
    ("change", "field", "mend"),
    [
        pytest.param({"name": ""}, "name", "letters", id="no name"),
        pytest.param({"name": "Api"}, "name", "lower case", id="upper case"),
        pytest.param({"name": "api_gateway"}, "name", "dashes", id="an underscore"),
        pytest.param({"name": "-api"}, "name", "beginning with a letter", id="a leading dash"),
        pytest.param({"name": "api-"}, "name", "letters", id="a trailing dash"),
        pytest.param({"name": "9lives"}, "name", "beginning with a letter", id="a leading digit"),
        pytest.param({"name": "api\n"}, "name", "letters", id="a trailing newline"),
        pytest.param({"name": "ap\u0456"}, "name", "letters", id="a look-alike letter"),
        pytest.param(
            {"name": "a" * (LONGEST + 1)}, "name", "at most", id="a name too long for its role"
        ),
        pytest.param(
            {"namespace": "api-service"}, "namespace", "'api-services'", id="a misspelt namespace"
        ),
        pytest.param(
            {"namespace": "tribe-system"}, "namespace", "Choose", id="the platform's own namespace"
        ),
        pytest.param({"queue": "yes"}, "queue", "bool", id="text for a truth"),
        pytest.param({"queues": True}, "queues", "Did you mean queue?", id="a misspelt setting"),
    ],
)
def test_refuses_a_service_with(change: dict[str, object], field: str, mend: str) -> None:
    refusal = refused(lambda: Service(**{"name": "api", "namespace": "api-services", **change}))  # ty: ignore[invalid-argument-type]
    assert refusal.field == f"Service.{field}"
    assert mend in refusal.mend


@example(service="a" * LONGEST, environment="b" * 12)
@given(
    service=st.from_regex(rf"[a-z]([a-z0-9-]{{0,{LONGEST - 2}}}[a-z0-9])?", fullmatch=True),
    environment=st.from_regex(r"[a-z][a-z0-9]{1,11}", fullmatch=True),
)
def test_whatever_a_service_may_be_called_its_names_fit(service: str, environment: str) -> None:
    accepted = Service(name=service, namespace="api-services", queue=True).name
    # name() refuses what is too long for AWS.
    assert name(environment, "service", accepted).endswith(accepted)
    assert name(environment, accepted, "dead-letters").startswith(f"tribe-{environment}-")


def test_no_two_services_have_one_name() -> None:
    names = [service.name for service in SERVICES]
    assert len(set(names)) == len(names)


def test_every_service_has_a_secret_in_its_namespace(
    environment: Environment, stack: Stack
) -> None:
    names = {secret["name"] for secret in resources(stack, "aws_secretsmanager_secret").values()}
    assert names == {
        f"tribe/{environment.name}/{service.namespace}/{service.name}" for service in SERVICES
    }


def test_only_services_that_ask_for_a_queue_have_one(stack: Stack) -> None:
    made = {
        name.removesuffix("-queue")
        for name in resources(stack, "aws_sqs_queue")
        if name.endswith("-queue")
    }
    assert sorted(made) == WITH_QUEUE
    assert WITH_QUEUE, "no service of the table has a queue: the tests below test nothing"


@pytest.mark.parametrize("service", WITH_QUEUE)
def test_a_message_that_fails_five_times_is_set_aside(stack: Stack, service: str) -> None:
    redrive = json.loads(queues(stack, service)[0]["redrive_policy"])
    assert redrive["deadLetterTargetArn"] == f"${{aws_sqs_queue.{service}-dead-letters.arn}}"
    assert redrive["maxReceiveCount"] == 5


@pytest.mark.parametrize("service", WITH_QUEUE)
def test_a_dead_letter_outlives_the_queue_it_came_from(stack: Stack, service: str) -> None:
    # Its age counts from when it was first sent
    # (https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/setting-up-dead-letter-queue-retention.html).
    queue, dead = queues(stack, service)
    assert dead["message_retention_seconds"] == 14 * 86_400  # the longest that SQS keeps one
    assert queue["message_retention_seconds"] < dead["message_retention_seconds"]


@pytest.mark.parametrize("service", WITH_QUEUE)
def test_both_queues_are_encrypted_and_spoken_to_by_tls_alone(
    environment: Environment, stack: Stack, service: str
) -> None:
    for queue in queues(stack, service):
        assert queue["sqs_managed_sse_enabled"] is True, queue["name"]
        denied = statements(queue["policy"])["TlsOnly"]
        assert (denied["Effect"], denied["Action"]) == ("Deny", "sqs:*"), queue["name"]
        arn = f"arn:aws:sqs:{environment.region}:{environment.account.id}:{queue['name']}"
        assert denied["Resource"] == arn


@pytest.mark.parametrize("service", WITH_QUEUE)
def test_a_worker_consumes_its_own_queue_and_no_other(
    stack: Stack, service: str, synthesized: dict[str, Stack]
) -> None:
    policy = resources(stack, "aws_iam_role_policy")[f"service-{service}-policy"]["policy"]
    consume = statements(policy)["ConsumeOwnQueue"]
    assert consume["Resource"] == f"${{aws_sqs_queue.{service}-queue.arn}}"
    assert all(re.fullmatch(r"sqs:[A-Z]\w+", action) for action in consume["Action"])
    assert "sqs:DeleteQueue" not in consume["Action"]


@pytest.mark.parametrize("service", WITH_QUEUE)
def test_a_worker_bears_its_role_by_its_own_service_account(
    environment: Environment, stack: Stack, service: str, synthesized: dict[str, Stack]
) -> None:
    association = resources(stack, "aws_eks_pod_identity_association")[
        f"service-{service}-association"
    ]
    [row] = [each for each in SERVICES if each.name == service]
    assert association["namespace"] == row.namespace
    assert association["service_account"] == service
    assert source(synthesized, association["cluster_name"]) == "${aws_eks_cluster.cluster.name}"
    role = resources(stack, "aws_iam_role")[f"service-{service}-role"]
    assert role["name"] == f"tribe-{environment.name}-service-{service}"


def test_a_plain_service_has_no_role(stack: Stack) -> None:
    plain = {
        f"service-{service.name}-role" for service in SERVICES if not (service.queue or service.may)
    }
    assert plain
    assert not plain & resources(stack, "aws_iam_role").keys()


def test_every_service_has_an_image_repository_in_the_registrys_account(
    synthesized: dict[str, Stack],
) -> None:
    names = {
        repository["name"]
        for repository in resources(synthesized["account-shared"], "aws_ecr_repository").values()
    }
    assert names == {f"tribe/{service.name}" for service in SERVICES}
    assert only(synthesized["account-shared"], "aws_ecr_registry_scanning_configuration")
