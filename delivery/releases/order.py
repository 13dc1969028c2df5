"""Which of two images of a service is the newer one."""

from delivery.releases.commit import Commit
from delivery.releases.history import appearances
from delivery.releases.image import Image
from delivery.releases.service_folder import ServiceFolder
from delivery.releases.tag import newer


def is_newer(
    image: Image, other: Image, *, service: ServiceFolder, stages: tuple[str, ...], at: Commit
) -> bool:
    """By their versions; where those do not say, by when git first saw each in any stage."""
    said = newer(image.tag, other.tag)
    if said is not None:
        return said
    first = appearances(at, [service.image(stage) for stage in stages])
    return first.get(image.identity, 0) > first.get(other.identity, 0)
