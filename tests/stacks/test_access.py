"""The way in to the Kubernetes API, and the alarm on the last one."""

import json
import re

import pytest

from stacks.permissions.tunnel import through_tunnel
from stacks.policy import document
from stacks.settings import Environment
from tests.stacks.terraform_json import many, only, resources, source, statements
from tests.synthesis import Stack

HOST = re.compile(r'\$\{trimprefix\((?P<endpoint>[^,]+), "https://"\)\}')


@pytest.fixture
def access(environment: Environment, synthesized: dict[str, Stack]) -> Stack:
    """The access stack of the environment."""
    return synthesized[f"{environment.name}-access"]


def test_nothing_comes_in_to_the_tunnels_machine(access: Stack) -> None:
    group = only(access, "aws_security_group")
    assert "ingress" not in group
    rule = only(access, "aws_vpc_security_group_ingress_rule")
    own = "${aws_security_group.tunnel-security-group.id}"
    assert rule["security_group_id"] != own
    assert rule["referenced_security_group_id"] == own


def test_the_api_lets_the_machine_in_on_its_port_alone(
    environment: Environment, access: Stack, synthesized: dict[str, Stack]
) -> None:
    rule = only(access, "aws_vpc_security_group_ingress_rule")
    group = source(synthesized, rule["security_group_id"])
    assert group == "${aws_security_group.api-security-group.id}"
    [cluster] = resources(synthesized[f"{environment.name}-cluster"], "aws_eks_cluster").values()
    assert cluster["vpc_config"]["security_group_ids"] == [group]
    assert (rule["from_port"], rule["to_port"], rule["ip_protocol"]) == (443, 443, "tcp")


def test_the_machine_leaves_the_vpc_only_where_it_must(
    environment: Environment, access: Stack
) -> None:
    out = only(access, "aws_vpc_security_group_egress_rule")
    assert (out["from_port"], out["to_port"]) == (443, 443)
    stays = {"ssm", "ssmmessages"} <= set(environment.network.interface_endpoints)
    assert out["cidr_ipv4"] == (environment.network.cidr if stays else "0.0.0.0/0")
    if environment.production:
        assert stays


def test_the_machine_may_talk_to_session_manager_and_nothing_else(
    environment: Environment, access: Stack
) -> None:
    role = only(access, "aws_iam_role")
    assert role["permissions_boundary"].endswith(f"{environment.account.id}:policy/tribe-boundary")
    assert not resources(access, "aws_iam_role_policy_attachment")
    policy = statements(only(access, "aws_iam_role_policy")["policy"])
    assert {action for each in policy.values() for action in many(each["Action"])} == {
        "ssm:UpdateInstanceInformation",
        "ssmmessages:CreateControlChannel",
        "ssmmessages:CreateDataChannel",
        "ssmmessages:OpenControlChannel",
        "ssmmessages:OpenDataChannel",
    }


def test_the_machine_has_no_key_and_no_public_address(access: Stack) -> None:
    template = only(access, "aws_launch_template")
    assert not {"key_name", "network_interfaces", "user_data"} & template.keys()
    assert template["metadata_options"]["http_tokens"] == "required"
    [disk] = template["block_device_mappings"]
    assert disk["ebs"]["encrypted"] == "true"


def test_the_machine_comes_back_in_any_zone_and_is_patched_every_week(
    environment: Environment, access: Stack, synthesized: dict[str, Stack]
) -> None:
    group = only(access, "aws_autoscaling_group")
    assert (group["min_size"], group["max_size"]) == (1, 1)
    assert group["max_instance_lifetime"] == 7 * 24 * 60 * 60
    subnets = {source(synthesized, subnet) for subnet in group["vpc_zone_identifier"]}
    zones = environment.network.availability_zones
    assert subnets == {f"${{aws_subnet.private-{zone}.id}}" for zone in zones}
    image = only(access, "aws_launch_template")["image_id"]
    assert image.startswith("resolve:ssm:/aws/service/ami-amazon-linux-latest/al2023-")


def test_a_session_leads_to_this_clusters_api_and_nowhere_else(
    access: Stack, synthesized: dict[str, Stack]
) -> None:
    content = only(access, "aws_ssm_document")["content"]
    host = HOST.search(content)
    assert host
    endpoint = source(synthesized, f"${{{host['endpoint']}}}")
    assert endpoint == "${aws_eks_cluster.cluster.endpoint}"
    session = json.loads(HOST.sub("endpoint", content))
    assert session["sessionType"] == "Port"
    assert session["properties"] == {
        "type": "LocalPortForwarding",
        "host": "endpoint",
        "portNumber": "443",
        "localPortNumber": "{{ localPortNumber }}",
    }
    assert list(session["parameters"]) == ["localPortNumber"]


def test_the_right_to_the_tunnel_is_no_right_to_a_shell_or_another_machine(
    environment: Environment, access: Stack
) -> None:
    found = statements(document(through_tunnel(environment)).replace("$${", "${"))
    machine, session = found["TunnelMachine"], found["TunnelDocument"]
    name = only(access, "aws_ssm_document")["name"]
    assert machine["Condition"]["StringEquals"] == {"ssm:resourceTag/Name": name}
    assert session["Resource"].endswith(f":document/{name}")
    for statement in (machine, session):
        # Without it the default document, a shell, would need no right of its own.
        assert statement["Condition"]["BoolIfExists"] == {"ssm:SessionDocumentAccessCheck": "true"}
    assert found["OwnSessions"]["Resource"].endswith(":session/${aws:userid}-*")
    tagged = only(access, "aws_launch_template")["tag_specifications"]
    assert [each["tags"]["Name"] for each in tagged if each["resource_type"] == "instance"] == [
        name
    ]


def test_the_alarm_stands_where_there_is_a_break_glass_role(
    environment: Environment, access: Stack
) -> None:
    expected = environment.gitops.break_glass is not None
    assert bool(resources(access, "aws_cloudwatch_metric_alarm")) is expected
    assert expected or not environment.production


def test_the_first_request_of_the_break_glass_role_is_told(
    synthesized: dict[str, Stack],
) -> None:
    access = synthesized["prod-access"]
    requests = only(access, "aws_cloudwatch_log_metric_filter")
    role = "arn:aws:sts::333333333333:assumed-role/tribe-break-glass/*"
    assert requests["pattern"] == f'{{ $.user.username = "{role}" }}'
    alarm = only(access, "aws_cloudwatch_metric_alarm")
    metric = requests["metric_transformation"]
    assert (alarm["namespace"], alarm["metric_name"]) == (metric["namespace"], metric["name"])
    assert (alarm["threshold"], alarm["period"], alarm["evaluation_periods"]) == (1, 60, 1)
    assert alarm["alarm_actions"] == ["${aws_sns_topic.break-glass-topic.arn}"]
    told = only(access, "aws_sns_topic_subscription")
    assert (told["protocol"], told["endpoint"]) == ("email", "on-call@tribe.example.com")


def test_the_alarm_reads_the_clusters_own_audit_log(synthesized: dict[str, Stack]) -> None:
    group = only(synthesized["prod-access"], "aws_cloudwatch_log_metric_filter")["log_group_name"]
    name = re.fullmatch(r"/aws/eks/(\$\{.+\})/cluster", group)
    assert name
    assert source(synthesized, name[1]) == "${aws_eks_cluster.cluster.name}"
    assert (
        "audit" in only(synthesized["prod-cluster"], "aws_eks_cluster")["enabled_cluster_log_types"]
    )


def test_alarms_may_use_the_topics_key_and_publish(synthesized: dict[str, Stack]) -> None:
    access = synthesized["prod-access"]
    assert only(access, "aws_sns_topic")["kms_master_key_id"] == "${aws_kms_key.alarms.arn}"
    key = statements(only(access, "aws_kms_key")["policy"])["Alarms"]
    topic = statements(only(access, "aws_sns_topic_policy")["policy"])["Alarms"]
    for statement in (key, topic):
        assert statement["Principal"] == {"Service": "cloudwatch.amazonaws.com"}
        assert statement["Condition"] == {"StringEquals": {"aws:SourceAccount": "333333333333"}}
    assert set(key["Action"]) == {"kms:Decrypt", "kms:GenerateDataKey*"}
