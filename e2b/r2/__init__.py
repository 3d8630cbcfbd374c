"""ICH E2B(R2): its reports become messages of R3, with a list of what was converted and what was lost.

    for conversion in conversions("old.xml"):
        conversion.message                      # the same object as that of an R3 file
        for remark in conversion.remarks:       # converted, lost or filled: element, value, reason
            print(remark.outcome, remark, remark.reason)

`e2b.read` and `e2b.read_stream` recognise such files and read them the same way. The tables of elements and
codes stand in `*_fields` and `codes`; an ADR and docs/e2b.md say where they differ from ICH's own conversion.
"""

from e2b.r2.remarks import Outcome, Remark
from e2b.r2.stream import Conversion, R2Stream, conversions

__all__ = ["Conversion", "Outcome", "R2Stream", "Remark", "conversions"]
