"""What Argo CD watches, and where people sign in. The same everywhere, so that a change that was
seen in dev is the one that reaches prod. Replace the addresses by your own.
"""

from stacks.settings import Repository, SingleSignOn

REPOSITORY = Repository(
    url="https://github.com/tribe-example/gitops.git",
    revision="main",
    private=True,
)

SSO = SingleSignOn(
    issuer_url="https://login.tribe.example.com",
    client_id="tribe-argocd",
    developers=("tribe-developers",),
    approvers=("tribe-approvers",),
)
