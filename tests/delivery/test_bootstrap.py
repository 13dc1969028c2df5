"""Bootstrap, run for real: Terraform and its S3 backend against the emulator."""

import json
import re

import pytest

from delivery.bootstrap import NO_BUCKET, ZONE, Bootstrap
from delivery.stack_folder import CONFIGURATION, StackFolder
from delivery.terraform import Terraform, TerraformFailed
from rehearsal.copies import Copies
from rehearsal.emulator import Emulator
from rehearsal.rewriting import SECRET_KEY
from rehearsal.stack import read_stacks
from stacks.environments import PLATFORM
from tests.delivery.parent_zone import ParentZone

ENVIRONMENT = PLATFORM.environment("dev")
ACCOUNT = ENVIRONMENT.account
GROUND = f"account-{ACCOUNT.name}"
EDGE = f"{ENVIRONMENT.name}-edge"


@pytest.fixture(scope="module")
def place(tmp_path_factory, aws_provider, synthesis):
    """Copies of two stacks that keep their S3 backend, and the emulator that has the bucket."""
    folder = tmp_path_factory.mktemp("bootstrap")
    with Emulator(region=ENVIRONMENT.region, account=ACCOUNT.id) as emulator:
        copies = Copies(
            folder=folder / "stacks",
            provider=aws_provider,
            schema=aws_provider.schema(),
            moto_url=emulator.moto.url,
        )
        stacks = read_stacks(synthesis)
        copies.write([stacks[GROUND], stacks[EDGE]])
        for name in (GROUND, EDGE):
            path = folder / "stacks" / name / CONFIGURATION
            document = json.loads(path.read_text())
            backend = stacks[name].document["terraform"]["backend"]["s3"]
            document["terraform"]["backend"] = {
                "s3": {
                    **backend,
                    "access_key": ACCOUNT.id,
                    "secret_key": SECRET_KEY,
                    "skip_credentials_validation": True,
                    "skip_metadata_api_check": True,
                    "use_path_style": True,
                }
            }
            path.write_text(json.dumps(document))
        environment = {**aws_provider.environment, **emulator.environment}
        environment.pop("TF_DATA_DIR")  # a backend is remembered there, and each stack has its own
        yield folder, Terraform(environment=environment)


class Keeper:
    """Keeps the parent zone: puts in the NS records that bootstrap says it needs."""

    def __init__(self):
        self.read = []
        self.zone = ParentZone(ENVIRONMENT.domain.zone, servers=self.name_servers)

    def say(self, line):
        self.read.append(line)

    def name_servers(self):
        return re.findall(r"IN  NS  (\S+)", "\n".join(self.read))


@pytest.fixture(scope="module")
def keeper():
    keeper = Keeper()
    yield keeper
    keeper.zone.close()


@pytest.fixture(scope="module")
def steps(place, keeper):
    folder, terraform = place
    return Bootstrap(
        terraform=terraform,
        resolver=keeper.zone.resolver(),
        output=folder,
        local_states=folder / "local",
        ask=False,
        say=keeper.say,
        interval=0.1,
    )


def test_a_stopped_bootstrap_goes_on_and_ends_with_the_state_in_its_own_bucket(place, steps, capfd):
    folder, terraform = place
    ground = StackFolder.of(GROUND, terraform=terraform, output=folder)
    with pytest.raises(TerraformFailed) as missing:
        ground.init("-reconfigure")
    assert any(words in missing.value.output for words in NO_BUCKET)
    # Stopped before anything was applied: only the folder for the local state is there.
    local = folder / "local" / GROUND
    local.mkdir(parents=True)

    steps.account(ACCOUNT, environments=[])

    assert not local.exists()
    assert f"{GROUND}: moving its state into the bucket" in capfd.readouterr().out
    ground.init("-reconfigure")
    assert ground.resources()["aws_s3_bucket.state"]["bucket"] == ACCOUNT.state_bucket


def test_running_it_again_changes_nothing_and_goes_on_to_the_zones(place, steps, keeper, capfd):
    steps.account(ACCOUNT, environments=[ENVIRONMENT])
    ground = capfd.readouterr().out.partition(f"» {EDGE}")[0]
    # The emulator forgets the tags of roles that services bring, and no more than that.
    changed = set(re.findall(r"# (\w+)\.\S+ will be", ground))
    assert changed <= {"aws_iam_service_linked_role"}
    assert re.search(r"No changes|Plan: 0 to add, \d+ to change, 0 to destroy", ground)
    assert keeper.read[-1] == f"{ENVIRONMENT.domain.zone} is delegated."
    folder, terraform = place
    edge = StackFolder.of(EDGE, terraform=terraform, output=folder).resources()
    assert list(edge) == [ZONE], "only the zone: the certificate must wait for the delegation"
    assert sorted(keeper.name_servers()) == sorted(
        f"{server.rstrip('.')}." for server in edge[ZONE]["name_servers"]
    )
