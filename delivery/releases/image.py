"""An image: where it lies, the build that it is called after, and its content."""

import re
from dataclasses import dataclass, replace
from typing import Any

import yaml

from delivery.releases.refusal import Refused

# As the service chart's values.schema.json has them.
REPOSITORY = re.compile(r"[a-z0-9][a-z0-9.:/_-]*")
TAG = re.compile(r"([A-Za-z0-9_][A-Za-z0-9_.-]{0,127})?")
DIGEST = re.compile(r"sha256:[0-9a-f]{64}")
SHORT = 12


@dataclass(frozen=True, kw_only=True)
class Image:
    """What an image.yaml says. tag, digest: empty where it says none."""

    repository: str
    tag: str = ""
    digest: str = ""

    def __str__(self) -> str:
        return " ".join(part for part in (self.tag, self.digest) if part) or "no version"

    @property
    def identity(self) -> str:
        """What tells it from other builds: content, else name."""
        return self.digest or self.tag

    @property
    def short(self) -> str:
        """The first letters of the digest, for names of branches."""
        return self.digest.removeprefix("sha256:")[:SHORT]

    def moved(self, *, old: str, new: str) -> "Image":
        """The same image in another registry, if it lies in the old one."""
        rest = self.repository.removeprefix(f"{old}/")
        return self if rest == self.repository else replace(self, repository=f"{new}/{rest}")


def digest_fault(digest: str) -> str | None:
    """Why it is no digest, and the mend; None if it is one."""
    if DIGEST.fullmatch(digest):
        return None
    return (
        f'{digest!r} is not a digest. Write "sha256:" and its 64 letters, as the push printed it.'
    )


def read_image(text: str, *, file: str) -> Image:
    """What the file says. Raises: Refused, where it is none that the service chart would take."""
    try:
        said: Any = yaml.safe_load(text)
        image = said["image"]
        known = {key: image[key] for key in ("repository", "tag", "digest") if key in image}
    except (yaml.YAMLError, KeyError, TypeError, RecursionError):
        raise Refused(
            f"{file} says no image. Mend it: image: {{repository, tag, digest}}."
        ) from None
    if not known.get("repository") or not all(isinstance(each, str) for each in known.values()):
        raise Refused(f"{file}: repository, tag and digest are texts, in quotes. Mend it.")
    for key, form in (("repository", REPOSITORY), ("tag", TAG)):
        if not form.fullmatch(said_so := known.get(key, "")):
            raise Refused(f"{file}: {said_so!r} is no {key} of an image. Mend it.")
    if known.get("digest") and digest_fault(known["digest"]):
        raise Refused(f"{file}: {digest_fault(known['digest'])}")
    return Image(**known)
