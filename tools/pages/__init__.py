"""Parts of the pages in docs/ that are drawn from the code, so that they cannot lie.

`python -m tools.pages` writes them anew, between markers; a test holds that they are fresh.
"""
