"""Pages to look at: a small one of each kind, and one of any size."""

from review.page.content import Box, Entry, Environment, Map, Page, Remark

NAMES = ("network", "cluster", "images", "dev", "prod", "set", "vpc", "a value", "why", "gitops")


def stacks(names: tuple[str, ...] = NAMES) -> Page:
    """Two environments with three stacks each, and every kind of change. names: all its texts."""
    network, cluster, images, dev, prod, group, vpc, value, why, title = names
    entries = (
        Entry(name=f"{vpc}-1", what="added", lines=(f"+{value}",)),
        Entry(name=f"{vpc}-2", what="changed", note=why, lines=(f"@{value}", f"-{value}", value)),
        Entry(name=f"{vpc}-3", what="removed", lines=(f"-{value}",)),
        Entry(name=f"{vpc}-4", what="replaced", lines=(f" {value}",)),
        Entry(name=f"{vpc}-5", what="moved", note=why),
        Entry(name=f"{vpc}-6", what="forgotten"),
        Entry(name=f"{vpc}-7", what="changed", setting=True, lines=(f"-{value}", f"+{value}")),
    )
    boxes = (
        Box(name=f"{network}-1", group=group, holds=4, entries=entries),
        Box(name=f"{cluster}-2", group=group, holds=2, needs=(f"{network}-1",)),
        Box(name=f"{images}-3", needs=(f"{cluster}-2", f"{network}-1"), becomes="added"),
    )
    return Page(
        title=title,
        repository=title,
        base=value,
        head=why,
        verb="tribe review",
        environments=(
            Environment(name=f"{dev}1", maps=(Map(kind="stacks", boxes=boxes),)),
            Environment(
                name=f"{prod}2",
                maps=(Map(kind="applications", boxes=boxes, root=f"{network}-1"),),
            ),
        ),
        remarks=(
            Remark(
                severity="danger", rule=why, message=value, place=vpc,
                environment=f"{dev}1", kind="stacks", box=f"{network}-1", entry=f"{vpc}-3",
            ),
            Remark(
                severity="danger", rule=why, message=value, place=vpc,
                environment=f"{prod}2", kind="applications", box=f"{cluster}-2",
            ),
            Remark(severity="notice", rule=why, message=value, place=dev, environment=f"{dev}1"),
            Remark(severity="notice", rule=why, message=value, place=title),
        ),
        unseen=(value,),
    )  # fmt: skip


def large(*, boxes: int, entries: int, lines: int, line: str = "+a: b") -> Page:
    """dev and prod with so many boxes, entries in each, and lines in each of these."""
    entry = tuple(
        Entry(name=f"Deployment api-services/{number}", what="changed", lines=(line,) * lines)
        for number in range(entries)
    )
    own = tuple(Box(name=f"service-{number}", group="s", entries=entry) for number in range(boxes))
    root = Box(name="root", holds=3)
    return Page(
        title="large",
        repository="gitops",
        base="main",
        head="the working tree",
        verb="tribe diff",
        environments=tuple(
            Environment(
                name=name, maps=(Map(kind="applications", boxes=(root, *own), root="root"),)
            )
            for name in ("dev", "prod")
        ),
    )
