"""All is written: into the repository with it, the service's own folder last."""

import json
import shutil
import sys
from pathlib import Path

asked = json.loads(r"""@{ cookiecutter | tojson }@""")
package = Path(asked["scaffolding"]["package"])
sys.path[:0] = [str(package), str(package / "service")]

from scaffolding.staging import is_staged, place  # noqa: E402
from service_owners import with_owner, write_in_one_step  # noqa: E402

staged, repository = Path.cwd(), Path(asked["scaffolding"]["output_dir"])
one = staged / asked["folder"] / "environment"
owners = repository / ".github" / "CODEOWNERS"
before = owners.read_text()
after = with_owner(before, folder=asked["folder"], owner=asked["owner"])
try:
    for environment in asked["environment_list"]:
        shutil.copytree(one, one.with_name(environment))
    shutil.rmtree(one)
    # First, since a line for a folder that is not there does no harm, and a service without an
    # owner does. A run that ends between the two can be repeated.
    if after != before:
        write_in_one_step(owners, after)
    place(staged, repository, last=asked["folder"])
except OSError as error:
    if owners.read_text() != before:
        write_in_one_step(owners, before)
    # Of a whole folder, an entry for each of its files: the first says enough.
    told = error.args[0][0][-1] if isinstance(error, shutil.Error) else error
    sys.exit(f"{asked['folder']} could not be made: {told}")

print(f"{asked['folder']} is made, for {', '.join(asked['environment_list'])}. Next: commit it.")
# The services of a repository that is still being made are its examples, whose lines are there.
if not is_staged(repository):
    print("Once, in the platform's repository: a line in SERVICES of stacks/services.py.")
    print(f"    {asked['stack_line']}")
