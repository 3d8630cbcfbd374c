"""Additions of the registry to the narrative and the sender's comments, between two lines that mark them.

They stand at the end of their element and are taken off when a message comes in, so that nothing grows
from one exchange to the next and nobody's words are mixed with ours.
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
    """The words with the lines added, and the number of lines for which the element has room."""
    room = ICH[element].length - len("\n\n".join(filter(None, [words, f"{BEGINS}\n{heading}\n\n{ENDS}"])))
    count = 0
    for line in lines:
        room -= len(_one_line(line)) + 1
        if room < 0:
            break
        count += 1
    if not count:
        return words, 0
    addition = "\n".join([BEGINS, *filter(None, [heading]), *map(_one_line, lines[:count]), ENDS])
    return "\n\n".join(filter(None, [words, addition])), count


def without_addition(words: str) -> str:
    """The words as they were before we added to them."""
    return _ADDED.sub("", words) if words.endswith(ENDS) else words


def _one_line(text: str) -> str:
    return " ".join(text.split())
