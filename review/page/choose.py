"""Chooses, numbers and places all that a page shows."""

from collections.abc import Sequence

from review.page.content import Environment, Map, Page, Remark
from review.page.hanging import hanging
from review.page.limits import Share, share
from review.page.shown import (
    Shown,
    ShownBox,
    ShownEntry,
    ShownEnvironment,
    ShownMap,
    ShownRemark,
)
from review.page.stacked import stacked

FEW = 24
"""Changes of an environment up to which all its boxes stand open."""


def choose(page: Page) -> Shown:
    """The same content gives the same choice and the same numbers."""
    shares = share(page)
    environments = tuple(
        _environment(environment, number, page, shares)
        for number, environment in enumerate(page.environments)
    )
    return Shown(
        environments=environments,
        remarks=tuple(_remark(each, environments) for each in page.remarks[: shares.remarks]),
        left_out=tuple(_left_out(page, environments, shares)),
    )


def _environment(
    environment: Environment, number: int, page: Page, shares: Share
) -> ShownEnvironment:
    remarks = [each for each in page.remarks if each.environment == environment.name]
    return ShownEnvironment(
        anchor=f"e{number + 1}",
        environment=environment,
        maps=tuple(
            _map(
                each,
                (number, second),
                shares,
                remarks=[remark for remark in remarks if remark.kind == each.kind],
                is_open=environment.counts.total() + environment.settings <= FEW,
            )
            for second, each in enumerate(environment.maps)
        ),
        dangers=sum(remark.severity == "danger" for remark in remarks),
    )


def _map(
    content: Map,
    place: tuple[int, int],
    shares: Share,
    *,
    remarks: Sequence[Remark],
    is_open: bool,
) -> ShownMap:
    anchor = f"e{place[0] + 1}-{content.kind[0]}"
    boxes = []
    for number, box in enumerate(content.boxes):
        if (*place, number) not in shares.boxes:
            continue
        own = tuple(remark for remark in remarks if remark.box == box.name)
        entries = tuple(
            ShownEntry(
                anchor=f"{anchor}-{number + 1}-{entry_number + 1}",
                entry=entry,
                remarks=tuple(each for each in own if each.entry == entry.name),
                lines=fit.lines,
                left_out=fit.left_out,
            )
            for entry_number, entry in enumerate(box.entries)
            if (fit := shares.fits.get((*place, number, entry_number)))
        )
        boxes.append(
            ShownBox(
                anchor=f"{anchor}-{number + 1}",
                box=box,
                remarks=own,
                entries=entries,
                left_out=len(box.entries) - len(entries),
                is_open=is_open,
            )
        )
    return ShownMap(
        anchor=anchor,
        map=content,
        drawing=hanging(content.boxes, root=content.root)
        if content.root
        else stacked(content.boxes),
        boxes=tuple(boxes),
        left_out=len(content.boxes) - len(boxes),
    )


def _remark(remark: Remark, environments: Sequence[ShownEnvironment]) -> ShownRemark:
    for each in environments:
        if each.environment.name == remark.environment:
            box = _box(remark, each)
            return ShownRemark(
                remark=remark,
                anchor=_anchor(remark, box) if box else each.anchor,
                prod=each.environment.is_prod or bool(box and box.box.is_prod),
            )
    return ShownRemark(remark=remark, anchor="", prod=False)


def _box(remark: Remark, environment: ShownEnvironment) -> ShownBox | None:
    maps = (each for each in environment.maps if each.map.kind == remark.kind)
    return next((each.by_name[remark.box] for each in maps if remark.box in each.by_name), None)


def _anchor(remark: Remark, box: ShownBox) -> str:
    of_entries = (own.anchor for own in box.entries if own.entry.name == remark.entry)
    return next(of_entries, box.anchor)


def _left_out(page: Page, environments: Sequence[ShownEnvironment], shares: Share) -> list[str]:
    """What does not fit, in words."""
    boxes = [box for each in environments for own in each.maps for box in own.boxes]
    counted = (
        (len(page.remarks) - shares.remarks, "remark", "remarks"),
        (sum(own.left_out for each in environments for own in each.maps), "box", "boxes"),
        (
            page.counts.total() + page.settings - sum(len(box.entries) for box in boxes),
            "change altogether",
            "changes altogether",
        ),
        (
            sum(entry.left_out > 0 for box in boxes for entry in box.entries),
            "change's lines, all or some of them",
            "changes' lines, all or some of them",
        ),
    )
    return [f"{number:,} {one if number == 1 else many}" for number, one, many in counted if number]
