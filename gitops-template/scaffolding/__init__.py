"""What both templates stand on: answers that are checked, and a result that appears in one step.

Cookiecutter runs a template from its own folder, perhaps in a fresh clone, where nothing of this
repository is installed. So each template's extension finds this package beside its own folder.
"""
