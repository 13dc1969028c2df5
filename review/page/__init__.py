"""One HTML file with a picture of every environment, for people who would rather look.

`review.page.html.written` writes the text of a `content.Page`; `of_applications.page` makes one
from what `tribe diff` found, `of_stacks.page` from what `tribe review` found, `content.together`
one from both.
"""
