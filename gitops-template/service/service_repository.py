"""The GitOps repository that a service is added to: what it offers, and what is taken in it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

# The order of promotion. A repository may have fewer.
ENVIRONMENTS = ("dev", "staging", "prod")

# Applications that are no service's, beside the add-ons': all stand in Argo CD's namespace.
APPLICATIONS = frozenset({"addons", "monitoring", "platform", "root", "services"})


# By what a repository is known; the template reads or writes each.
NEEDED = (".scaffold.yaml", ".github/CODEOWNERS", "charts/service/classes.yaml")


@dataclass(frozen=True, kw_only=True)
class Standing:
    """A service that is there already."""

    namespace: str
    name: str
    folder: Path


class Repository:
    """A scaffolded repository. Raises: NotADirectoryError where `root` is none."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self._chart = root / "charts" / "service"
        for needed in NEEDED:
            if not (root / needed).is_file():
                raise NotADirectoryError(
                    f"{root} is no GitOps repository of this platform: it has no {needed}. "
                    "Run this in one, or name it."
                )

    @property
    def classes(self) -> Mapping[str, Mapping[str, Any]]:
        """What each class decides, as the chart has it."""
        return _read(self._chart / "classes.yaml")

    @property
    def borders(self) -> Mapping[str, list[str]]:
        """Namespace → those that its services may call into, as the chart has it."""
        return _read(self._chart / "borders.yaml")

    @property
    def environments(self) -> tuple[str, ...]:
        """Those that it has, in the order of promotion."""
        return tuple(each for each in ENVIRONMENTS if self._facts(each).is_file())

    @property
    def organisation(self) -> str:
        """The GitHub organisation of its teams."""
        return _read(self.root / ".scaffold.yaml")["answers"]["organisation"]

    def fact(self, environment: str, name: str) -> str:
        return _read(self._facts(environment))["facts"][name]

    def requires_digest(self, environment: str) -> bool:
        """Whether images need their digest there."""
        shared = _read(self.root / "environments" / environment / "values.yaml")
        return shared["platform"]["images"]["requireDigest"]

    @property
    def services(self) -> Iterator[Standing]:
        for folder in sorted(self.root.glob("services/*/*")):
            if folder.is_dir():
                yield Standing(namespace=folder.parent.name, name=folder.name, folder=folder)

    def application(self, name: str) -> str | None:
        """What bears that name in Argo CD already, other than a service."""
        if name in APPLICATIONS:
            return "one of the platform's own applications"
        return f"addons/{name}" if (self.root / "addons" / name).is_dir() else None

    def owner(self, *, key: str, value: str | int, host: str) -> Standing | None:
        """The service whose exposure says `key: value`, in any environment.

        host: only services of classes that stand at it are asked; empty for all.
        """
        for depth in ("*/*", "*/*/*"):
            for file in sorted(self.root.glob(f"services/{depth}/values.yaml")):
                # Most files are not worth parsing: the value does not occur in them at all.
                if str(value) not in file.read_text():
                    continue
                service = self._standing(file)
                own = not host or self._host(service) == host
                if own and (_read(file).get("exposure") or {}).get(key) == value:
                    return service
        return None

    def _standing(self, file: Path) -> Standing:
        """The service that a file belongs to."""
        _, namespace, name, *_ = file.relative_to(self.root).parts
        folder = self.root / "services" / namespace / name
        return Standing(namespace=namespace, name=name, folder=folder)

    def _host(self, service: Standing) -> str:
        service_class = _read(service.folder / "values.yaml").get("class")
        return self.classes.get(str(service_class), {}).get("host", "")

    def _facts(self, environment: str) -> Path:
        return self.root / "environments" / environment / "facts.yaml"


def _read(file: Path) -> dict[str, Any]:
    return yaml.load(file.read_text(), Loader=yaml.CSafeLoader) or {}
