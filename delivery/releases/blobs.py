"""The content of many files of many commits, in one run of git."""

from collections.abc import Iterator, Sequence

from delivery.releases.git import Git


def blobs(git: Git, names: Sequence[str]) -> Iterator[str | None]:
    """The text of each `<commit>:<path>`, in their order; None for what is not there."""
    asked = "".join(f"{name}\n" for name in names).encode()
    answer = git.run("cat-file", "--batch", given=asked) if names else b""
    at = 0
    for _ in names:
        end = answer.index(b"\n", at)
        head, at = answer[at:end].split(), end + 1
        if head[-1] == b"missing":
            yield None
        else:
            size = int(head[-1])
            yield answer[at : at + size].decode(errors="replace")
            at += size + 1
