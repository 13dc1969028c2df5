"""Every canary: the bad things that no change may bring, each with the gates that reject it."""

from tests.canaries.admission import ADMISSION
from tests.canaries.arguments import ARGUMENTS
from tests.canaries.cluster import CLUSTERS
from tests.canaries.inputs import ANSWERS, SETTINGS, VALUES
from tests.canaries.manifests import MANIFESTS
from tests.canaries.pods import PODS
from tests.canaries.policies import POLICIES
from tests.canaries.rights import RIGHTS
from tests.canaries.scanner import SCANNER
from tests.canaries.stacks import STACKS
from tests.canaries.trusts import TRUSTS

CATALOGUE = (
    *POLICIES,
    *TRUSTS,
    *CLUSTERS,
    *STACKS,
    *ARGUMENTS,
    *SCANNER,
    *PODS,
    *RIGHTS,
    *MANIFESTS,
    *ADMISSION,
    *SETTINGS,
    *VALUES,
    *ANSWERS,
)
