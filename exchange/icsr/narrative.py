"""What we add to the sender's and reporter's words, between two lines that say so.

It stands at the end of its element and is taken off when a message comes in, so that nothing grows from
one exchange to the next and nobody's words are mixed with ours.
"""

import re
from collections.abc import Sequence

from e2b.elements import ICH

BEGINS = "--- Added by the case registry; not the words of the reporter ---"
ENDS = "--- End of what the case registry added ---"
HEADING = "Findings for which ICH E2B(R3) has no element:"
_ADDED = re.compile(
    rf"(?:\A|\n\n){re.escape(BEGINS)}\n(?:(?!{re.escape(BEGINS)}).)*\n{re.escape(ENDS)}\Z", re.S
)


def with_addition(element: str, words: str, lines: Sequence[str], heading: str = "") -> tuple[str, int]:
    """The words with the lines added, and how many lines found room in the element."""
    room = ICH[element].length - len("\n\n".join(filter(None, [words, f"{BEGINS}\n{heading}\n\n{ENDS}"])))
    fitting = 0
    for line in lines:
        room -= len(_one_line(line)) + 1
        if room < 0:
            break
        fitting += 1
    if not fitting:
        return words, 0
    told = "\n".join([BEGINS, *filter(None, [heading]), *map(_one_line, lines[:fitting]), ENDS])
    return "\n\n".join(filter(None, [words, told])), fitting


def without_addition(words: str) -> str:
    """The words as they were before we added to them."""
    return _ADDED.sub("", words) if words.endswith(ENDS) else words


def _one_line(text: str) -> str:
    return " ".join(text.split())
