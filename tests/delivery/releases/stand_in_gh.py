"""A `gh` for the tests: knows the deployments in a file beside it, and notes what it was asked.

Run by Python itself, so that it works wherever it lies; refuses what the real one would not take.
"""

import json
import sys
from pathlib import Path

HERE = Path(__file__).parent


def main() -> None:
    known = json.loads((HERE / "known.json").read_text())
    match sys.argv[1:]:
        case ["api", "--method", "GET", path, *fields]:
            assert fields[::2] == ["--raw-field"] * (len(fields) // 2), fields
            query = dict(field.split("=", 1) for field in fields[1::2])
            print(json.dumps(answer(path, query, known)))
        case ["pr", "create", *options]:
            asked = dict(zip(options[::2], options[1::2], strict=True))
            asked["body"] = Path(asked.pop("--body-file")).read_text()
            with (HERE / "pull_requests.jsonl").open("a") as noted:
                noted.write(json.dumps(asked) + "\n")
            if known["refuses"]:
                sys.exit("pull request create failed: GraphQL: no")
            print("https://github.com/tribe-example/gitops/pull/1")
        case other:
            sys.exit(f"unknown command: {other}")


def answer(path: str, query: dict[str, str], known: dict) -> list:
    match path.split("/"):
        case ["repos", "{owner}", "{repo}", "deployments"]:
            wanted = query["environment"]
            return [each for each in known["deployments"] if each["environment"] == wanted]
        case ["repos", "{owner}", "{repo}", "deployments", number, "statuses"]:
            return known["statuses"][number]
        case _:
            sys.exit("gh: Not Found (HTTP 404)")


main()
