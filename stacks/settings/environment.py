"""One environment: its parts, and the rules between them."""

import re
from ipaddress import IPv4Network

from .account import Account, Deployer, check_region
from .cluster import Cluster
from .domain import Domain
from .gitops import LOCAL_PORT, GitOps
from .network import Network
from .schema import refuse, settings

# The accounts' own: stacks called account-<name>, buckets called tribe-state-<account>.
RESERVED = ("account", "state")
PRODUCTION_NAMES = ("prod", "production", "live")
PROD_KEY_DELETION_DAYS = 30  # the longest that KMS grants, and the only way back from a mistake


@settings
class Environment:
    """One environment: one cluster, named `tribe-<name>`, and what it stands on.

    key_deletion_days: days between asking for a KMS key's deletion and its end, 7 to 30.
    secret_recovery_days: days to restore a deleted secret in, 7 to 30; 0 deletes at once.
    production: holds the environment to prod's rules, and guards its stateful resources.
    shares_account_with: environments that stand in the same account on purpose, where one is prod.
    """

    name: str
    account: Account
    region: str
    domain: Domain
    network: Network
    cluster: Cluster
    deployer: Deployer
    gitops: GitOps
    key_deletion_days: int
    secret_recovery_days: int
    production: bool = False
    shares_account_with: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if not re.fullmatch(r"[a-z][a-z0-9]{1,11}", self.name):
            mend = "Write 2 to 12 lower case letters: the longest AWS name that holds it is 63."
            refuse(self, "name", f"{self.name!r} is not a name.", mend)
        if self.name in RESERVED:
            refuse(
                self,
                "name",
                f"{self.name!r} is taken by what accounts have.",
                "Write another.",
            )
        if self.name in PRODUCTION_NAMES and not self.production:
            mend = "Write True, or call it something else: nothing in it would be guarded."
            refuse(self, "production", f"is False in {self.name}.", mend)
        check_region(self, self.region)
        bucket = self.account.state_bucket
        if bucket and bucket.startswith(f"{self.cluster_name}-"):
            mend = f'Call it "tribe-state-{self.account.id}": the deployer may empty its own.'
            refuse(self, "account", f"keeps states in {bucket}, as if {self.name}'s own.", mend)
        self._check_network()
        if not 7 <= self.key_deletion_days <= 30:
            refuse(self, "key_deletion_days", f"is {self.key_deletion_days}.", "KMS takes 7 to 30.")
        if self.secret_recovery_days != 0 and not 7 <= self.secret_recovery_days <= 30:
            mend = "Secrets Manager takes 7 to 30, or 0 for at once."
            refuse(self, "secret_recovery_days", f"is {self.secret_recovery_days}.", mend)
        if not self.deployer.apply.endswith(f":environment:{self.name}"):
            mend = f'End it with ":environment:{self.name}": each has an approval of its own.'
            refuse(self, "deployer", f"may apply as {self.deployer.apply!r}.", mend)
        self._check_break_glass()
        if self.production:
            self._check_production()

    def _check_network(self) -> None:
        for zone in self.network.availability_zones:
            if zone[:-1] != self.region:
                mend = f"Name zones of {self.region}, such as {self.region}a."
                refuse(
                    self, "network.availability_zones", f"has {zone}, outside {self.region}.", mend
                )
        vpc, services = IPv4Network(self.network.cidr), IPv4Network(self.cluster.service_cidr)
        if vpc.overlaps(services):
            mend = "Move one of the two: pods would reach Services where they mean machines."
            refuse(self, "cluster.service_cidr", f"{services} overlaps the VPC's {vpc}.", mend)
        room, need = self.network.private_addresses, self.cluster.most_node_addresses
        if need > room:
            problem = (
                f"{vpc} has {room} private addresses; all node groups at their largest take {need}."
            )
            refuse(self, "network.cidr", problem, "Take a larger block or fewer nodes.")

    def _check_break_glass(self) -> None:
        if self.gitops.break_glass is None:
            return
        role = self.gitops.break_glass.role
        administrators = [
            access.role
            for access in self.cluster.access
            if access.policy == "AmazonEKSClusterAdminPolicy"
        ]
        if role not in administrators:
            mend = "Give it AmazonEKSClusterAdminPolicy in cluster.access: else it opens nothing."
            refuse(self, "gitops.break_glass", f"names {role}.", mend)

    def _check_production(self) -> None:
        if not self.cluster.deletion_protection:
            refuse(self, "cluster.deletion_protection", "is off in production.", "Write True.")
        if self.cluster.public_access_cidrs:
            mend = "Leave it empty: `make tunnel` leads to the private one."
            refuse(self, "cluster.public_access_cidrs", "opens an endpoint in production.", mend)
        if self.network.nat_gateways != "one-per-zone":
            mend = 'Write "one-per-zone": with one, the loss of its zone cuts off the others.'
            refuse(self, "network.nat_gateways", 'is "one" in production.', mend)
        if len(self.network.availability_zones) < 3:
            problem = f"has {len(self.network.availability_zones)} in production."
            refuse(self, "network.availability_zones", problem, "Name at least three.")
        if self.key_deletion_days < PROD_KEY_DELETION_DAYS:
            problem = f"is {self.key_deletion_days} in production."
            refuse(self, "key_deletion_days", problem, f"Write {PROD_KEY_DELETION_DAYS}.")
        if self.secret_recovery_days < PROD_KEY_DELETION_DAYS:
            problem = f"is {self.secret_recovery_days} in production."
            refuse(self, "secret_recovery_days", problem, f"Write {PROD_KEY_DELETION_DAYS}.")
        if self.gitops.sync != "manual":
            mend = 'Write "manual": in production each change waits for an approver.'
            refuse(self, "gitops.sync", f"is {self.gitops.sync!r} in production.", mend)
        if self.gitops.sso is None:
            mend = "Give it a SingleSignOn: the local administrator is nobody in particular."
            refuse(self, "gitops.sso", "is missing in production.", mend)
        if self.gitops.break_glass is None:
            mend = (
                "Give it a BreakGlass: without local users it is the way in when sign-on is down."
            )
            refuse(self, "gitops.break_glass", "is missing in production.", mend)

    @property
    def hosts(self) -> set[str]:
        """Every name that the environment answers to."""
        below = {"api", "monitoring", self.gitops.host} - {None}
        return {self.domain.name, *(f"{label}.{self.domain.name}" for label in below)}

    @property
    def argocd_host(self) -> str:
        """Where a browser finds Argo CD: its host, or the port that `make argocd` opens."""
        host = self.gitops.host
        return f"{host}.{self.domain.name}" if host else f"localhost:{LOCAL_PORT}"

    @property
    def cluster_name(self) -> str:
        """The cluster's name, which tags and policies repeat."""
        return f"tribe-{self.name}"
