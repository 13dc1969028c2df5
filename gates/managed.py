"""AWS's own policies on roles of ours: AWS may widen them, so each is there for a reason.

A guardrail knows those that allow everything; one that opens a single service passes it.
"""

from collections.abc import Iterable, Mapping

from gates.roles import Role

PREFIX = "arn:aws:iam::aws:policy/"

KNOWN: Mapping[str, str] = {
    "AmazonEKSClusterPolicy": "What EKS does for the cluster: its interfaces and its tags.",
    "AmazonEKSWorkerNodePolicy": "A node looks up itself and its cluster.",
    "AmazonEC2ContainerRegistryPullOnly": "A node pulls images.",
    "AmazonSSMManagedInstanceCore": "Session Manager, which is the only way onto a node.",
    "AmazonEKS_CNI_Policy": "The network plugin gives pods their addresses.",
    "service-role/AmazonEBSCSIDriverPolicy": "The disk driver makes and attaches volumes.",
}


def unexplained_managed(roles: Iterable[Role], *, known: Mapping[str, str] = KNOWN) -> list[str]:
    """Policies of AWS's that nobody gave a reason for, and reasons that no role needs."""
    used: set[str] = set()
    wrong = []
    for role in roles:
        for arn in role.aws_managed:
            name = arn.removeprefix(PREFIX)
            used.add(name)
            if not known.get(name):
                wrong.append(
                    f"{role} bears AWS's {name}. Write a policy of its own, or say in KNOWN of "
                    "gates/managed.py what it is for."
                )
    wrong += [
        f"{name} is on no role. Take it off KNOWN in gates/managed.py."
        for name in sorted(known.keys() - used)
    ]
    return wrong
