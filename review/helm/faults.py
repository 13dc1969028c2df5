"""Helm's error messages taken apart."""

import re

from review.helm.release import ChartError, Fault

PLACE = re.compile(r"(?P<chart>[\w.-]+)/(?P<template>[\w./@-]+\.\w+):(?P<line>\d+)(?::\d+)?")
VALUE = re.compile(r"^- at '(?P<pointer>[^']*)': (?P<message>.+)$", re.MULTILINE)
SCHEMA = "values don't meet the specifications of the schema"
# A line of a chart's own list of faults: the value's key first, `image.tag: is missing`.
LISTED = re.compile(r"[A-Za-z][\w.\[\]-]*: \S")


def chart_error(text: str) -> ChartError:
    """The error of a chart, from what Helm prints."""
    if SCHEMA in text:
        faults = [_value(match["pointer"], match["message"]) for match in VALUE.finditer(text)]
        if faults:
            return ChartError(faults)
    places = list(PLACE.finditer(text))
    if not places:
        return ChartError([Fault(message=text.strip())])
    # The innermost template stands last; it is the one that says what is wrong.
    last = places[-1]
    return ChartError(
        [
            Fault(message=message, template=last["template"], line=int(last["line"]))
            for message in _messages(text, last)
        ]
    )


def _value(pointer: str, message: str) -> Fault:
    steps = [step.replace("~1", "/").replace("~0", "~") for step in pointer.split("/")[1:]]
    return Fault(
        message=message, value=tuple(int(step) if step.isdigit() else step for step in steps)
    )


def _messages(text: str, place: re.Match[str]) -> list[str]:
    """What follows the last place: each line by itself where all name a value, else one reason."""
    said = text[place.end() :].lstrip("):").strip()
    lines = [line.strip() for line in said.splitlines() if line.strip()]
    if len(lines) > 1 and all(LISTED.match(line) for line in lines):
        return lines
    if len(lines) > 1 and lines[0].startswith("executing "):
        at = re.search(r"at <(.*)>:?$", lines[0])
        reason = " ".join(lines[1:])
        return [f"{reason} (at {at[1]})" if at else reason]
    return [" ".join(lines) or text.strip()]
