"""What changes at the edges of a copy, and that the resources stay."""

import pytest

from rehearsal.rewriting import CannotRewrite, pin_provider, use_local_state, use_test_account


def provider(**arguments: object) -> dict:
    document = {"provider": {"aws": [{"region": "eu-central-1", **arguments}]}}
    use_test_account(document)
    return document["provider"]["aws"][0]


def test_the_account_is_the_one_that_is_allowed() -> None:
    block = provider(allowed_account_ids=["222222222222"])
    assert block["access_key"] == "222222222222"
    assert block["allowed_account_ids"] == ["222222222222"]


def test_the_account_of_an_assumed_role_is_signed_in_to_at_once() -> None:
    block = provider(assume_role=[{"role_arn": "arn:aws:iam::333333333333:role/apply"}])
    assert block["access_key"] == "333333333333"
    assert "assume_role" not in block


def test_no_profile_and_no_endpoint_of_the_stack_stays() -> None:
    block = provider(profile="prod", endpoints=[{"s3": "https://s3.example.com"}])
    assert not {"profile", "endpoints"} & block.keys()


def test_region_and_tags_stay() -> None:
    tags = [{"tags": {"tribe:scope": "dev"}}]
    block = provider(default_tags=tags)
    assert block["region"] == "eu-central-1"
    assert block["default_tags"] == tags


def test_the_version_is_the_one_that_can_be_had() -> None:
    required = {"aws": {"source": "aws", "version": "6.25.0"}}
    document = {"terraform": {"required_providers": required}}
    pin_provider(document, version="5.100.0")
    assert required["aws"] == {"source": "aws", "version": "5.100.0"}


def test_state_is_local_and_that_of_other_stacks_is_read_beside_it() -> None:
    name = "cross-stack-reference-input-dev-network"
    document = {
        "terraform": {"backend": {"s3": {"bucket": "state"}}},
        "data": {"terraform_remote_state": {name: {"backend": "s3", "config": {"key": "k"}}}},
    }
    use_local_state(document, upstream=["dev-network"])
    assert document["terraform"] == {}
    assert document["data"]["terraform_remote_state"][name] == {
        "backend": "local",
        "config": {"path": "../dev-network/terraform.tfstate"},
    }


def test_a_state_that_no_dependency_explains_is_refused() -> None:
    document = {"terraform": {}, "data": {"terraform_remote_state": {"legacy": {}}}}
    with pytest.raises(CannotRewrite, match="legacy"):
        use_local_state(document, upstream=["dev-network"])
