"""The names by which both ends of the way to a Kubernetes API find each other."""

from stacks.naming import name

# Terraform reads it from TF_VAR_kubernetes_api.
VARIABLE = "kubernetes_api"


def tunnel_name(environment: str) -> str:
    """Of the tunnel's machine, and of the session document that leads through it."""
    return name(environment, "tunnel")
