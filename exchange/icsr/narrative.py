"""Additions of earlier releases to the narrative and the sender's comments, between two lines that mark them.

They stand at the end of their element and are taken off when a message comes in, so that nothing grows from
one exchange to the next and nobody's words are mixed with ours.
"""

import re

BEGINS = "--- Added by the case registry; not the words of the reporter ---"
ENDS = "--- End of what the case registry added ---"
_ADDED = re.compile(
    rf"(?:\A|\n\n){re.escape(BEGINS)}\n(?:(?!{re.escape(BEGINS)}).)*\n{re.escape(ENDS)}\Z", re.S
)


def without_addition(words: str) -> str:
    """The words as they were before we added to them."""
    return _ADDED.sub("", words) if words.endswith(ENDS) else words
