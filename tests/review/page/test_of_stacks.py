"""The page of AWS: one box for each stack, as the review has it."""

from review.page.html import written
from review.page.of_stacks import page
from review.stacks.review import review
from tests.review.page.parsed import parsed
from tests.review.stacks.tiny import BUCKET, CLUSTER, VPC, reviewed, small, stack, stacks


def entries(before, after, **more):
    """What the page says of one stack that changes from these resources to those."""
    found = review(stacks(stack(before, **more)), stacks(stack(after, **more)))
    [environment] = page(found, repository="tribe").environments
    [own] = environment.maps
    [box] = own.boxes
    return {entry.name: entry for entry in box.entries}


def test_every_stack_is_a_box_with_what_it_stands_on():
    both = (stack(VPC), stack(CLUSTER, name="dev-cluster", dependencies=("dev-network",)))
    [environment] = page(review(stacks(*both), stacks(*both)), repository="tribe").environments
    [own] = environment.maps
    assert [(box.name, box.needs, box.holds, box.weightiest) for box in own.boxes] == [
        ("dev-cluster", ("dev-network",), 1, None),
        ("dev-network", (), 1, None),
    ]


def test_the_counts_are_those_of_the_review():
    found = small()
    [environment] = page(found, repository="tribe").environments
    [own] = environment.maps
    for box, each in zip(own.boxes, found.environments[0].stacks, strict=True):
        assert dict(box.counts) == dict(each.counts)
        assert len(box.entries) == len(each.changes)
    assert dict(environment.counts) == {"added": 1, "changed": 1, "replaced": 1}


def test_a_changed_value_has_a_line_before_and_one_after():
    found = entries(
        {"aws_eks_node_group.a": {"scaling_config": {"max_size": 4}}},
        {"aws_eks_node_group.a": {"scaling_config": {"max_size": 6}}},
    )
    assert found["aws_eks_node_group.a"].lines == (
        "-scaling_config.max_size: 4",
        "+scaling_config.max_size: 6",
    )


def test_what_forces_a_new_resource_is_said_beside_its_name_and_its_line():
    before, after = ({"aws_subnet.a": {"availability_zone": zone}} for zone in ("1a", "1b"))
    entry = entries(before, after)["aws_subnet.a"]
    assert entry.what == "replaced"
    assert entry.note == "forced by availability_zone"
    assert entry.lines[-1] == '+availability_zone: "1b"  # forces a new resource'


def test_a_value_that_is_not_known_yet_is_said_to_be_so():
    before, after = (
        {"aws_eip.a": {"instance": value}} for value in ("i-1", "${aws_instance.b.id}")
    )
    [entry] = entries(before, after).values()
    assert entry.lines[-1].endswith("known only when it is applied")


def test_what_comes_shows_all_that_it_is_made_of_and_what_goes_all_that_it_was():
    assert entries({}, VPC)["aws_vpc.vpc"].lines == ("+cidr_block: 10.0.0.0/16",)
    assert entries(VPC, {})["aws_vpc.vpc"].lines == ("-cidr_block: 10.0.0.0/16",)


def test_a_long_value_shows_as_the_lines_that_differ_in_it():
    before, after = (
        {"aws_iam_policy.a": {"policy": {"Statement": [{"Sid": "a", "Action": actions}]}}}
        for actions in (
            [f"s3:Get{number}" for number in range(20)],
            [f"s3:Get{number}" for number in range(21)],
        )
    )
    lines = entries(before, after)["aws_iam_policy.a"].lines
    assert [line for line in lines if line.startswith(("+", "-"))] == ["+- s3:Get20"]
    assert lines[0].startswith("@ policy.Statement")
    assert len(lines) < 12


def test_an_output_is_a_setting_and_no_resource():
    old, new = (
        stacks(stack(VPC, output={"vpc_id": {"value": value}})) for value in ("vpc-1", "vpc-2")
    )
    found = review(old, new)
    [environment] = page(found, repository="tribe").environments
    assert (dict(environment.counts), environment.settings) == ({}, 1)
    [heading] = parsed(written(page(found, repository="tribe"))).within("section.environment")
    assert "1 setting" in heading.within("h2")[0].text


def test_a_finding_leads_to_its_resource():
    found = page(reviewed({**VPC, **BUCKET}, VPC), repository="tribe")
    [danger] = [each for each in found.dangers if each.entry]
    assert (danger.environment, danger.kind, danger.box, danger.entry) == (
        "dev",
        "stacks",
        "dev-network",
        "aws_s3_bucket.logs",
    )
    html = parsed(written(found))
    [link] = [each for each in html.within("a") if each.text == danger.place]
    [target] = [
        each
        for each in html.within("details.entry")
        if each.attributes["id"] == link.attributes["href"][1:]
    ]
    assert target.within("bdi.name")[0].text == "aws_s3_bucket.logs"


def test_a_stack_that_goes_is_drawn_as_going():
    both = stacks(stack(VPC), stack(CLUSTER, name="dev-cluster"))
    found = page(review(both, stacks(stack(VPC))), repository="tribe")
    [svg] = parsed(written(found)).within("svg")
    [node] = svg.within("g.goes")
    assert node.within("text.name")[0].text == "dev-cluster"
    assert node.within("text.told")[0].text.startswith("goes: \N{MINUS SIGN}1")


def test_a_stack_that_loses_a_resource_is_not_drawn_as_going():
    found = page(reviewed({**VPC, **BUCKET}, VPC), repository="tribe")
    [svg] = parsed(written(found)).within("svg")
    assert len(svg.within("g.removed")) == 1
    assert svg.within("g.goes") == []


def test_a_stack_of_prod_outside_of_its_environment_is_marked_as_prod_too():
    before, after = (
        stacks(stack(own, name="account-prod"), stack(own, name="account-nonprod"))
        for own in ({**VPC, **BUCKET}, VPC)
    )
    found = parsed(written(page(review(before, after), repository="tribe")))
    marked = {
        box.within("span.name")[0].text: bool(box.within("summary")[0].within("strong.prod"))
        for box in found.within("details.box")
    }
    assert marked == {"account-nonprod": False, "account-prod": True}
    remarks = {
        link.text: bool(each.within("strong.prod"))
        for each in found.within("li.danger")
        for link in each.within("a")
    }
    assert remarks == {
        "account-nonprod aws_s3_bucket.logs": False,
        "account-prod aws_s3_bucket.logs": True,
    }
