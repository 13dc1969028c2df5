"""The way of an image: released to the first stage, promoted stage by stage, rolled back, retired.

Installed in a GitOps repository's pipelines: imports nothing of this project but `review`.
"""
