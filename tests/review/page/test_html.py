"""The page as a whole: what is on it, and everything on it reachable."""

from dataclasses import replace

import pytest

from review.page.content import SIGNS, Page, together
from review.page.html import written
from tests.review.page.parsed import identified, parsed
from tests.review.page.samples import stacks


def root(page: Page):
    return parsed(written(page))


def test_every_link_has_its_target():
    found = root(stacks())
    ids = identified(found)
    links = [each.attributes["href"] for each in found.within("a")]
    assert len(links) > 10
    assert [link for link in links if link.removeprefix("#") not in ids] == []
    labels = [
        label
        for each in found.within("")
        for label in each.attributes.get("aria-labelledby", "").split()
    ]
    assert labels
    assert set(labels) <= ids.keys()


def test_a_comparison_names_both_revisions_and_an_overview_none():
    [compared] = root(replace(stacks(), base="main", head="mine")).within("p.what")
    assert [each.text for each in compared.within("bdi.code")] == ["main", "mine"]
    overview = root(replace(stacks(), base="", head=""))
    [what] = overview.within("p.what")
    assert what.text == stacks().repository
    assert overview.within("title")[0].text == stacks().title


def test_every_change_is_there_with_its_lines():
    page = stacks()
    shown = root(page).within(".entry")
    expected = [
        (entry.name, list(entry.lines))
        for environment in page.environments
        for each in environment.maps
        for box in each.boxes
        for entry in box.entries
    ]
    assert [
        (
            entry.within("bdi.name")[0].text,
            [line.text for pre in entry.within("pre") for line in pre.children],
        )
        for entry in shown
    ] == expected


def test_lines_that_come_and_go_are_told_apart_without_colours():
    [pre] = [pre for pre in root(stacks()).within("pre") if len(pre.children) == 3][:1]
    assert [line.tag for line in pre.children] == ["i", "del", "span"]
    assert [line.text[0] for line in pre.children] == ["@", "-", "a"]


def test_the_summary_counts_what_the_content_counts():
    page = stacks()
    [table] = root(page).within("table.summary")
    head, *rows = ([cell.text.strip() for cell in row.children] for row in table.within("tr"))
    assert [word.split()[-1] for word in head[2:-1]] == list(SIGNS)
    for environment, row in zip(page.environments, rows, strict=True):
        assert row[0].split()[0] == environment.name
        assert row[1] == "1"
        assert row[2:-1] == [str(environment.counts[what]) for what in SIGNS]


def test_the_table_of_a_picture_says_what_the_picture_says():
    page = stacks()
    found = root(page)
    drawn = [
        [node.parent.within("title")[0].text.partition(":")[0] for node in svg.within("g.node")]
        for svg in found.within("svg")
    ]
    tabled = [
        [row.within("th")[0].text for row in table.within("tr")[1:]]
        for details in found.within("details.table")
        for table in details.within("table")
    ]
    assert [sorted(each) for each in drawn] == [sorted(each) for each in tabled]
    assert len(drawn) == 2


def test_a_picture_has_a_title_and_a_description():
    for svg in root(stacks()).within("svg"):
        names = svg.attributes["aria-labelledby"].split()
        texts = {each.attributes.get("id"): each.text for each in svg.children}
        assert "of" in texts[names[0]]
        assert "3 " in texts[names[1]]
        assert "changes" in texts[names[1]]


def test_a_box_leads_to_its_section_by_a_click():
    found = root(stacks())
    ids = identified(found)
    [first] = found.within("svg")[:1]
    targets = {
        link.within("title")[0].text.partition(":")[0]: ids[link.attributes["href"][1:]]
        for link in first.within("a")
    }
    assert {name: target.tag for name, target in targets.items()} == {
        "network-1": "details",
        "cluster-2": "tr",
        "images-3": "details",
    }
    assert targets["network-1"].within("span.name")[0].text == "network-1"


def test_every_kind_of_change_has_a_sign_and_a_shape_of_its_own():
    shapes = {}
    for what in ("added", "changed", "removed", "replaced"):
        page = stacks()
        [environment, _] = page.environments
        [drawn] = environment.maps
        entries = tuple(each for each in drawn.boxes[0].entries if each.what == what)
        box = replace(drawn.boxes[0], entries=entries)
        page = replace(
            page, environments=(replace(environment, maps=(replace(drawn, boxes=(box,)),)),)
        )
        [node] = root(page).within(f"g.{what}")
        [glyph] = node.within("text.glyph")
        [shape] = [each for each in node.children if "shape" in each.classes]
        shapes[what] = (glyph.text, shape.tag, shape.attributes.get("rx", ""))
    assert [shapes[what][0] for what in shapes] == ["+", "~", "\N{MINUS SIGN}", "±"]
    assert len({shape[1:] for shape in shapes.values()}) == 4


def test_a_remark_leads_to_the_change_that_it_is_about():
    found = root(stacks())
    ids = identified(found)
    remarks = found.within("li.remark")
    links = [[link.attributes["href"][1:] for link in each.within("a")] for each in remarks]
    assert [len(each) for each in links] == [1, 1, 1, 0]
    assert ids[links[0][0]].within("bdi.name")[0].text == "vpc-3"
    assert ids[links[1][0]].within("th")[0].text == "cluster-2"
    assert "environment" in ids[links[2][0]].classes


def test_what_is_about_prod_always_says_so():
    page = stacks((*("network", "cluster", "images", "dev"), "prod-", *("s", "v", "w", "y", "g")))
    found = root(page)
    assert [bool(each.within("strong.prod")) for each in found.within("li.remark")] == [
        False,
        True,
        False,
        False,
    ]
    sections = found.within("section.environment")
    assert [bool(section.within("h2")[0].within("strong.prod")) for section in sections] == [
        False,
        True,
    ]
    boxes = sections[1].within("details.box")
    assert boxes
    assert all(box.within("summary")[0].within("strong.prod") for box in boxes)


@pytest.mark.parametrize(
    ("remarks", "entries", "said"),
    [
        (4, True, "Must not be merged as it is. 2 dangers; 2 removed, 2 replaced"),
        (0, True, "Nothing of note. 2 removed, 2 replaced"),
        (0, False, "Nothing changes. This is what there is."),
    ],
)
def test_the_verdict_is_on_top(remarks, entries, said):
    page = stacks()
    page = replace(page, remarks=page.remarks[:remarks])
    if not entries:
        page = replace(
            page,
            environments=tuple(
                replace(
                    each,
                    maps=tuple(
                        replace(
                            own,
                            boxes=tuple(
                                replace(box, entries=(), becomes=None) for box in own.boxes
                            ),
                        )
                        for own in each.maps
                    ),
                )
                for each in page.environments
            ),
        )
    [header] = root(page).within("header")
    [verdict] = header.within("p.verdict")
    assert verdict.text.startswith(said)


def test_both_kinds_of_map_fit_on_one_page():
    one, other = stacks(), stacks()
    [first, _] = one.environments
    page = together(replace(one, environments=(first,)), other, title="All there is")
    found = root(page)
    assert [each.text for each in found.within("h1")] == ["All there is"]
    assert len(found.within("section.environment")) == 2
    assert len(found.within("svg")) == 3
    assert len(found.within("li.remark")) == 8
