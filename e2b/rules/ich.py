"""ICH's rules that reach over more than one element.

Conditions of a single element ("needed when ...") stand in its row of the element tables. Source:
ICH E2B(R3) implementation guide, business rules.
"""

from typing import Final

from e2b.rules.model import Rule
from e2b.violations import Severity

WARNING, NOTE = Severity.WARNING, Severity.NOTE

# fmt: off
ICH_RULES: Final = (
    Rule("ICH-REACTION", "E.i.2.1b", "", "E.i", "A case needs at least one reaction.",
         "Add the reaction.", at="message"),
    Rule("ICH-SUSPECT", "G.k.1", "", "G.k.1=1|3|4",
         "A case needs a drug that is suspect, interacting or not administered.",
         "Give one drug the role 1, 3 or 4.", at="message"),
    Rule("ICH-PRIMARY", "C.2.r.5", "", "one C.2.r.5=1", "Exactly one reporter is the primary source.",
         "Mark one reporter with 1.", at="message"),
    Rule("ICH-CASE-ID", "C.1.1", "C.1.1", "C.1.1 identifier",
         "A case number is country, organisation and number, joined by hyphens.",
         "Spell it like DE-COMPANY-123.", WARNING, "message"),
    Rule("ICH-MESSAGE-ID", "N.2.r.1", "N.2.r.1 & C.1.1", "N.2.r.1==C.1.1",
         "The message number should be the case number.", "Send C.1.1 in N.2.r.1.", NOTE, "message"),
    Rule("ICH-MESSAGE-DATE", "N.2.r.4", "N.2.r.4 & C.1.2", "N.2.r.4==C.1.2",
         "The date of the message should be the date of creation.", "Send C.1.2 in N.2.r.4.",
         NOTE, "message"),
    Rule("ICH-AGE", "D.2.2a", "D.2.1", "!D.2.2a,D.2.2.1a,D.2.3", "The age is told in more than one way.",
         "Send the date of birth alone.", NOTE, "message"),
    Rule("ICH-AGE", "D.2.2a", "!D.2.1 & D.2.2a,D.2.2.1a", "!D.2.3", "The age is told in more than one way.",
         "Send the most precise alone.", NOTE, "message"),
    Rule("ICH-TEST-NAME", "F.r.2.1", "F.r.1", "F.r.2.1,F.r.2.2b", "A dated test needs a name or a code.",
         "Give F.r.2.1 or F.r.2.2b."),
    Rule("ICH-TEST-RESULT", "F.r.3.2", "F.r.2.1,F.r.2.2b", "F.r.3.1,F.r.3.2,F.r.3.4",
         "A test needs a result.", "Give F.r.3.1, F.r.3.2 or F.r.3.4."),
    Rule("ICH-PRODUCT-ID", "G.k.2.1.2b", "G.k.2.1.1b", "!G.k.2.1.2b", "MPID and PhPID exclude each other.",
         "Send one of them."),
    Rule("ICH-PRODUCT-ID", "D.8.r.3b", "D.8.r.2b", "!D.8.r.3b", "MPID and PhPID exclude each other.",
         "Send one of them."),
    Rule("ICH-PRODUCT-ID", "D.10.8.r.3b", "D.10.8.r.2b", "!D.10.8.r.3b", "MPID and PhPID exclude each other.",
         "Send one of them."),
    Rule("ICH-SUBSTANCE", "G.k.2.3.r.1", "!G.k.2.1.1b,G.k.2.1.2b", "G.k.2.3.r",
         "Without a product identifier the active substances are needed.", "List them in G.k.2.3.r.",
         WARNING, "G.k"),
    Rule("ICH-AUTOPSY-TEXT", "D.9.4.r.2", "D.9.4.r.1b", "D.9.4.r.2", "A cause of death needs its text.",
         "Give D.9.4.r.2.", WARNING),
    Rule("ICH-CONFIRMED", "E.i.8", "first C.2.r.4=1|2|3", "!E.i.8",
         "Medical confirmation is only told where the reporter is no health professional.",
         "Leave it out.", NOTE),
)
# fmt: on
