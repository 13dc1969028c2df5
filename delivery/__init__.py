"""Moves: what carries a synthesized stack to AWS and its facts to the GitOps repository."""
