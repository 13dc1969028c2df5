"""All is written: give it its name, in one step."""

import json
import sys
from pathlib import Path

asked = json.loads(r"""@{ cookiecutter | tojson }@""")
sys.path.insert(0, asked["scaffolding"]["package"])

from scaffolding.staging import settle  # noqa: E402

if asked["example_services"] == "yes":
    from scaffolding import examples  # loads Cookiecutter, which takes longer than all the rest

    examples.add(Path.cwd(), asked)

target = Path(asked["scaffolding"]["output_dir"], asked["repository_name"])
try:
    settle(Path.cwd(), target)
except OSError as error:
    sys.exit(f"{target} could not be made: {error}. Nothing was written.")
