"""Names that people give: what Kubernetes, GitHub and this platform take for one."""

import re
import unicodedata

# Ours, Argo CD's and Kubernetes' own. A service of that name would be taken for one of them.
RESERVED = frozenset({"argocd", "default", "ingress-nginx", "monitoring", "tribe-system"})
RESERVED_PREFIXES = ("kube-",)

# A DNS label that begins with a letter: what every kind of Kubernetes takes, Services too
# (https://kubernetes.io/docs/concepts/overview/working-with-objects/names/).
DNS_LABEL = r"[a-z]([a-z0-9-]*[a-z0-9])?"
ACCOUNT_OR_TEAM = r"[a-z0-9]([a-z0-9-]*[a-z0-9])?"  # GitHub's: it may begin with a digit
GITHUB_LONGEST = 39


def name_fault(text: str, *, longest: int) -> str | None:
    """Why `text` names nothing of ours, and the mend; None if it does.

    longest: letters that the longest name derived from it leaves.
    """
    if not re.fullmatch(DNS_LABEL, text):
        rule = "Write lower case letters, digits and dashes, a letter first and no dash last."
        return f"{text!r} is not a name. {_suggestion(text, longest) or rule}"
    if len(text) > longest:
        return f"{text!r} has {len(text)} letters. Write at most {longest}."
    if text in RESERVED or text.startswith(RESERVED_PREFIXES):
        return f"{text!r} is reserved, for Kubernetes or the platform itself. Write another name."
    return None


def github_fault(text: str) -> str | None:
    """Why `text` names no GitHub organisation or team, and the mend; None if it does."""
    if re.fullmatch(ACCOUNT_OR_TEAM, text) and len(text) <= GITHUB_LONGEST:
        return None
    mend = (
        f"Write at most {GITHUB_LONGEST} lower case letters, digits and dashes, as in its address."
    )
    return f"{text!r} is no GitHub name. {mend}"


def _suggestion(text: str, longest: int) -> str | None:
    ascii_only = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    slug = re.sub(r"[^a-z0-9]+", "-", ascii_only.lower())[:longest].strip("-")
    if not re.fullmatch(DNS_LABEL, slug) or slug in RESERVED or slug.startswith(RESERVED_PREFIXES):
        return None
    return f"Did you mean {slug!r}?"
