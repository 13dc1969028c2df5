"""What a change will do, before it is done: renders the GitOps repository as Argo CD would, without
a cluster, and checks what comes out.

`review.render.render` gives the manifests of an environment, `review.schemas.validate` the faults
of one manifest. `python -m review` is both for people.
"""
