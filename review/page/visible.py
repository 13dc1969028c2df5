"""Text of others as a page may show it: nothing in it is invisible, or turns its line around."""

import re

# C0 and C1 controls but tab and newline; soft hyphen; what joins, marks and overrides directions;
# line and paragraph separators; invisible operators; the byte order mark; lone surrogates;
# noncharacters. The overrides make code read as another: https://trojansource.codes/trojan-source.pdf
HIDDEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff"
    "\ufdd0-\ufdef\ufff9-\uffff\ud800-\udfff\U000e0000-\U000e007f]"
)


def visible(text: str) -> str:
    """The same text with U+202E in angle brackets for what one could not see."""
    return HIDDEN.sub(lambda found: f"⟨U+{ord(found[0]):04X}⟩", text)
