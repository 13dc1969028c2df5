"""What a stack loses when it meets an older provider, and that every loss is listed."""

from rehearsal.adaptation import Dropped, Unknown, adapt, faults
from rehearsal.schema import Schema

SCHEMA = Schema(
    resources={
        "aws_eks_cluster": {
            "block": {
                "attributes": {"name": {}},
                "block_types": {"vpc_config": {"block": {"attributes": {"subnet_ids": {}}}}},
            }
        }
    },
    data={"aws_region": {"block": {"attributes": {"name": {}}}}},
    provider={"block": {"attributes": {"region": {}}}},
)

PROTECTION = Unknown(resource_type="aws_eks_cluster", argument="deletion_protection")
LISTED = (
    Dropped(
        resource_type="aws_eks_cluster",
        argument="deletion_protection",
        since="6.9.0",
        reason="It came with 6.9.",
    ),
)


def cluster(**arguments: object) -> dict:
    return {"resource": {"aws_eks_cluster": {"cluster": {"name": "tribe-dev", **arguments}}}}


def test_an_unknown_argument_is_dropped_and_told() -> None:
    document = cluster(deletion_protection=True)
    assert adapt(document, schema=SCHEMA) == {PROTECTION}
    assert document == cluster()


def test_an_unknown_argument_of_a_block_is_told_with_its_block() -> None:
    document = cluster(vpc_config=[{"subnet_ids": ["a"], "control_plane_egress_mode": "x"}])
    [told] = adapt(document, schema=SCHEMA)
    assert told.argument == "vpc_config.control_plane_egress_mode"
    assert document == cluster(vpc_config=[{"subnet_ids": ["a"]}])


def test_an_unknown_argument_in_a_repeated_block_is_dropped() -> None:
    repeated = {"vpc_config": {"for_each": "${local.all}", "content": {"unheard_of": 1}}}
    document = cluster(dynamic=repeated)
    [told] = adapt(document, schema=SCHEMA)
    assert told.argument == "vpc_config.unheard_of"
    assert document == cluster(dynamic={"vpc_config": {"for_each": "${local.all}", "content": {}}})


def test_what_terraform_itself_knows_stays() -> None:
    document = cluster(lifecycle={"prevent_destroy": True}, depends_on=["a"], provider="aws.moto")
    before = repr(document)
    assert adapt(document, schema=SCHEMA) == set()
    assert repr(document) == before


def test_data_sources_and_provider_blocks_are_adapted_too() -> None:
    document = {
        "data": {"aws_region": {"here": {"region": "eu-central-1"}}},
        "provider": {"aws": [{"region": "eu-central-1", "tag_policy_compliance": "error"}]},
    }
    assert {(each.resource_type, each.argument) for each in adapt(document, schema=SCHEMA)} == {
        ("aws_region", "region"),
        ("provider", "tag_policy_compliance"),
    }


def test_a_listed_drop_is_no_fault() -> None:
    assert faults({PROTECTION}, version="5.100.0", listed=LISTED) == []


def test_a_drop_outside_the_list_is_a_fault() -> None:
    other = Unknown(resource_type="aws_vpc", argument="region")
    [fault] = faults({PROTECTION, other}, version="5.100.0", listed=LISTED)
    assert fault.startswith("aws_vpc.region is unknown to provider 5.100.0")


def test_an_entry_that_nothing_needs_is_a_fault() -> None:
    [fault] = faults(set(), version="5.100.0", listed=LISTED)
    assert "take it off" in fault


def test_a_provider_that_has_the_argument_needs_no_entry() -> None:
    assert faults(set(), version="6.9.0", listed=LISTED) == []
    assert faults(set(), version="6.25.0", listed=LISTED) == []
