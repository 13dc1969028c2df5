"""Facts: from outputs to a file that the GitOps repository trusts."""

import dataclasses
import stat

import pytest
import yaml
from click.testing import CliRunner

from delivery import facts as verb
from stacks.facts import Facts, FactsError, read_facts

GIVEN = {
    "environment": "dev",
    "account_id": "012345678901",
    "region": "eu-central-1",
    "domain": "dev.tribe.example.com",
    "kubernetes_version": "1.36",
    "cluster_name": "tribe-dev",
    "vpc_id": "vpc-0123456789abcdef0",
    "vpc_cidr": "10.10.0.0/16",
    "public_cidr": "10.10.192.0/19",
    "intra_cidr": "10.10.224.0/19",
    "service_cidr": "172.20.0.0/16",
    "certificate_arn": "arn:aws:acm:eu-central-1:012345678901:certificate/1f2e",
    "web_acl_arn": "arn:aws:wafv2:eu-central-1:012345678901:regional/webacl/tribe-dev/1f2e",
    "access_log_bucket": "tribe-dev-access-logs-012345678901",
    "loki_chunks_bucket": "tribe-dev-loki-chunks-012345678901",
    "loki_ruler_bucket": "tribe-dev-loki-ruler-012345678901",
    "user_pool_arn": "arn:aws:cognito-idp:eu-central-1:012345678901:userpool/eu-central-1_Ab1",
    "user_pool_id": "eu-central-1_Ab1",
    "user_pool_client_id": "1f2e3d",
    "user_pool_domain": "tribe-dev-monitoring-012345678901",
    "volumes_key_arn": "arn:aws:kms:eu-central-1:012345678901:key/1f2e",
    "registry": "111111111111.dkr.ecr.eu-central-1.amazonaws.com",
}


@pytest.fixture
def repository(tmp_path):
    (tmp_path / "environments" / "dev").mkdir(parents=True)
    return tmp_path


@pytest.fixture
def outputs(tmp_path):
    """A file as `terraform output -json` writes it."""

    def write(**changes):
        path = tmp_path / "outputs.json"
        given = {name: {"value": value} for name, value in {**GIVEN, **changes}.items() if value}
        path.write_text(yaml.safe_dump(given))
        return str(path)

    return write


def test_every_fact_of_the_contract_comes_out_as_text_in_camel_case():
    written = yaml.safe_load(verb.facts_yaml(read_facts(GIVEN)))["facts"]
    assert written["accountId"] == "012345678901"
    assert written["kubernetesVersion"] == "1.36"
    assert list(written.values()) == [GIVEN[field.name] for field in dataclasses.fields(Facts)]


@pytest.mark.parametrize(
    ("changes", "names"),
    [
        ({"vpc_id": None}, "vpc_id: is missing"),
        ({"vpc_id": "10.10.0.0/16"}, "vpc_id: '10.10.0.0/16' is not of the form"),
        ({"account_id": "12345678901"}, "account_id: '12345678901'"),
        ({"certificate_arn": "arn:aws:kms:eu-central-1:012345678901:key/1"}, "certificate_arn"),
        ({"cluster_nam": "tribe-dev"}, "cluster_nam: is no fact of the contract"),
    ],
)
def test_outputs_that_break_the_contract_are_refused_and_nothing_is_written(
    changes, names, outputs, repository
):
    result = CliRunner().invoke(
        verb.main, ["dev", "--from", outputs(**changes), "--into", str(repository)]
    )
    assert result.exit_code == 1
    assert names in result.output
    assert list((repository / "environments" / "dev").iterdir()) == []


def test_all_faults_are_told_at_once():
    with pytest.raises(FactsError) as refusal:
        read_facts({**GIVEN, "vpc_id": "x", "region": "", "more": "1"})
    assert [line.partition(":")[0] for line in str(refusal.value).splitlines()] == [
        "more",
        "region",
        "vpc_id",
    ]


def test_writing_shows_the_difference_and_leaves_one_readable_file(outputs, repository):
    run = CliRunner()
    run.invoke(verb.main, ["dev", "--from", outputs(), "--into", str(repository)])
    again = run.invoke(
        verb.main, ["dev", "--from", outputs(kubernetes_version="1.37"), "--into", str(repository)]
    )
    assert '-  "kubernetesVersion": "1.36"' in again.output
    assert '+  "kubernetesVersion": "1.37"' in again.output
    (written,) = (repository / "environments" / "dev").iterdir()
    assert written.name == "facts.yaml"
    assert stat.S_IMODE(written.stat().st_mode) == 0o644


def test_writing_the_same_facts_changes_nothing(outputs, repository):
    run = CliRunner()
    arguments = ["dev", "--from", outputs(), "--into", str(repository)]
    run.invoke(verb.main, arguments)
    before = (repository / "environments" / "dev" / "facts.yaml").stat()
    result = run.invoke(verb.main, arguments)
    assert "up to date" in result.output
    assert (repository / "environments" / "dev" / "facts.yaml").stat() == before


def test_a_folder_that_is_no_gitops_repository_is_refused(outputs, tmp_path):
    result = CliRunner().invoke(verb.main, ["dev", "--from", outputs(), "--into", str(tmp_path)])
    assert result.exit_code == 1
    assert "is" in result.output
    assert "the GitOps repository?" in result.output


def test_an_unknown_environment_is_refused_with_those_that_exist():
    result = CliRunner().invoke(verb.main, ["prd"])
    assert result.exit_code == 1
    assert "Did you mean prod? There are dev, staging, prod." in result.output
