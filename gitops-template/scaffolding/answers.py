"""Answers: read as they were given, held to their rules, refused all at once."""

import difflib
import sys
from collections.abc import Callable, Iterable, Mapping
from typing import Any

import cookiecutter.main
from cookiecutter.exceptions import FailedHookException

Rule = Callable[[str], str | None]
"""What is wrong with an answer, and the mend; None if nothing is."""

# An answer given on the command line is rendered before any template sees it.
DELIMITERS = ("@{", "@%", "@#")


class Refused(FailedHookException):
    """Nothing was written. Cookiecutter prints the message alone and ends with 1."""

    def __init__(self, faults: Iterable[str]) -> None:
        super().__init__("\n".join([*faults, "Nothing was written."]))


def one_of(*choices: str) -> Rule:
    """The rule of an answer that is one of few (Cookiecutter's own lists only warn)."""

    def rule(text: str) -> str | None:
        if text in choices:
            return None
        near = difflib.get_close_matches(text, choices, n=1)
        mend = f"Did you mean {near[0]!r}?" if near else f"Write one of {', '.join(choices)}."
        return f"{text!r} is none of the choices. {mend}"

    return rule


def read_answers(asked: Mapping[str, Any], *, rules: Mapping[str, Rule]) -> dict[str, str]:
    """The answers by name. Raises: Refused, naming each that is unknown or breaks its rule.

    asked: Cookiecutter's mapping, with its own private keys.
    """
    given = _given()
    faults = [_unknown(name, rules) for name in sorted(given.keys() - rules.keys())]
    answers: dict[str, str] = {}
    for name, rule in rules.items():
        answer = asked[name]
        fault = _text_fault(given.get(name, answer)) or _text_fault(answer) or rule(answer)
        if fault:
            faults.append(f"{name}: {fault}")
        answers[name] = answer
    if faults:
        raise Refused(faults)
    return answers


def _given() -> dict[str, Any]:
    """What the caller gave to Cookiecutter, on the command line, in a config file or in Python.

    Cookiecutter drops unknown answers before any template is read; its own arguments are the only
    place where they still stand. A user's standing config serves many templates and is not judged.
    """
    frame = sys._getframe()
    while frame and frame.f_code is not cookiecutter.main.cookiecutter.__code__:
        frame = frame.f_back
    if frame is None:
        raise Refused(["Run this template by cookiecutter, not by parts of it."])
    arguments = frame.f_locals
    if not arguments["accept_hooks"]:
        raise Refused(
            ["hooks: are declined. Accept them: the last step is one, and moves the result."]
        )
    given: dict[str, Any] = {}
    if arguments["config_file"]:
        given |= arguments["config_dict"]["default_context"]
    if arguments["replay"]:
        private = ("_", "__")
        kept = arguments["context_from_replayfile"]["cookiecutter"]
        given |= {name: answer for name, answer in kept.items() if not name.startswith(private)}
    return given | dict(arguments["extra_context"] or {})


def _unknown(name: str, rules: Mapping[str, Rule]) -> str:
    near = difflib.get_close_matches(name, rules, n=1)
    mend = f"Did you mean {near[0]}?" if near else f"There are {', '.join(rules)}."
    return f"{name}: is no answer of this template. {mend}"


def _text_fault(answer: object) -> str | None:
    if not isinstance(answer, str):
        return f"{answer!r} is not text. Put it in quotes."
    if not answer.isprintable():
        return f"{answer!r} holds a line break or another invisible sign. Write one plain line."
    if any(delimiter in answer for delimiter in DELIMITERS):
        return f"{answer!r} holds a template's delimiter. Write the text itself."
    return None
