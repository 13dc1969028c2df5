"""A commit: the files in it, and the commit that follows from changing some.

Read from and written to git's objects, so that nobody's checkout is touched and what is killed
midway leaves nothing but objects that git sweeps away.
"""

import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from delivery.releases.git import Git
from delivery.releases.refusal import Refused

PLAIN_FILE = "100644"


@dataclass(frozen=True, kw_only=True)
class Commit:
    """sha: whole, never a name that moves."""

    git: Git
    sha: str

    @cached_property
    def files(self) -> Mapping[str, str]:
        """Path from the root → mode, of every file."""
        listed = self.git.run("ls-tree", "-r", "-z", self.sha).decode(errors="surrogateescape")
        entries = (entry.partition("\t") for entry in listed.split("\0") if entry)
        return {path: head.split()[0] for head, _, path in entries}

    def text(self, path: str) -> str | None:
        """The file's text, line ends as they are; None where there is no such file.

        Raises: Refused, for what is no text.
        """
        if path not in self.files:
            return None
        try:
            return self.git.run("cat-file", "blob", f"{self.sha}:{path}").decode()
        except UnicodeDecodeError as error:
            raise Refused(f"{path} is not UTF-8, at byte {error.start}. Mend it.") from None

    def below(self, folder: str) -> list[str]:
        """The paths of all files in a folder and its folders."""
        return [path for path in self.files if path.startswith(f"{folder}/")]

    def then(self, changes: Mapping[str, str | None], *, message: str) -> "Commit":
        """A commit upon this one, on no branch yet. changes: path → text, None to remove it.

        Raises: GitFailed, such as where git does not know who commits.
        """
        lines = "".join(self._index_line(path, text) for path, text in changes.items())
        with tempfile.TemporaryDirectory(prefix="tribe-index-") as folder:
            index = Path(folder, "index")
            self.git.run("read-tree", self.sha, index=index)
            given = lines.encode(errors="surrogateescape")
            self.git.run("update-index", "-z", "--index-info", given=given, index=index)
            tree = self.git.text("write-tree", index=index)
        # commit-tree alone does not look at this setting.
        signs = self.git.succeeds("config", "--type=bool", "--get", "commit.gpgsign")
        signed = signs and self.git.text("config", "--type=bool", "commit.gpgsign") == "true"
        more = ["-S"] if signed else []
        sha = self.git.text(
            "commit-tree", *more, "-p", self.sha, "-F", "-", tree, given=message.encode()
        )
        return Commit(git=self.git, sha=sha)

    def _index_line(self, path: str, text: str | None) -> str:
        if text is None:
            return f"0 {'0' * len(self.sha)}\t{path}\0"
        blob = self.git.text("hash-object", "-w", "--stdin", given=text.encode())
        return f"{self.files.get(path, PLAIN_FILE)} {blob}\t{path}\0"
