"""What a change of this repository does to AWS, without an account: the stacks that two revisions
synthesize, compared resource by resource, and what a reviewer must not miss in it.

`review.stacks.review.Review` is what comes out, and all that the terminal, the comment and the
JSON file are written from.
"""
