"""What an environment is: typed, frozen, validated. Knows AWS's rules, and nothing of CDKTF."""

from .access import Access, ExternalIdentity
from .account import Account, Deployer
from .cluster import Cluster
from .domain import Domain
from .environment import Environment
from .gitops import BreakGlass, GitOps, Notifications, Repository, SingleSignOn
from .network import Network
from .nodes import NodeGroup, Taint
from .platform import Platform
from .schema import SettingsError

__all__ = [
    "Access",
    "Account",
    "BreakGlass",
    "Cluster",
    "Deployer",
    "Domain",
    "Environment",
    "ExternalIdentity",
    "GitOps",
    "Network",
    "NodeGroup",
    "Notifications",
    "Platform",
    "Repository",
    "SettingsError",
    "SingleSignOn",
    "Taint",
]
