"""FDA's table of rejection and warning rules, by FDA's own ids.

A rule that looks at the register of FDA (numbers of applications, lists of device problems) has
no `then` and is not checked. "Initial report" is taken to be one whose dates of first and of most
recent information are the same. Source: FDA rejection and warning rules, 2.18 (as answered by the
test gateway in 2026).
"""

from typing import Final

from e2b.rules.model import Rule
from e2b.violations import Severity

_PREMARKET = "N.1.4=ZZFDA_PREMKT|ZZFDATST_PREMKT"
_POSTMARKET = "N.1.4=ZZFDA|ZZFDATST"
_IND = "N.2.r.3=CDER_IND|CBER_IND"
_EXEMPT = "N.2.r.3=CDER_IND_EXEMPT_BA_BE"
_ANY_IND = "N.2.r.3=CDER_IND|CBER_IND|CDER_IND_EXEMPT_BA_BE"
_NOT_IND = "N.2.r.3!=CDER_IND|CBER_IND|CDER_IND_EXEMPT_BA_BE"
_INITIAL = "C.1.4==C.1.5"
_PARENT = ",".join((
    "D.10.1", "D.10.2.1", "D.10.2.2a", "D.10.3", "D.10.4", "D.10.5", "D.10.7.1.r", "D.10.7.2", "D.10.8.r",
))  # fmt: skip
_RESULTS = "F.r.3.1,F.r.3.2,F.r.3.4"


def _reject(number: str, element: str, when: str, then: str, sentence: str = "", at: str = "") -> Rule:
    return Rule(
        number, element, when, then, sentence or f"{element} is needed here.", _remedy(element, then), at=at
    )


def _warn(number: str, element: str, when: str, then: str, sentence: str, at: str = "") -> Rule:
    return Rule(number, element, when, then, sentence, _remedy(element, then), Severity.WARNING, at)


def _remedy(element: str, then: str) -> str:
    if not then or then == element:
        return f"Give {element}."
    return f"Leave out {then[1:]}." if then.startswith("!") else f"Make it so that {then}."


# fmt: off
FDA_RULES: Final = (
    _reject("R0004", "N.1.4", "N.2.r.3=CDER", _POSTMARKET, "The postmarket route is ZZFDA.", "message"),
    _reject("R0005", "N.1.4", _ANY_IND, _PREMARKET, "The premarket route is ZZFDA_PREMKT.", "message"),
    _reject("R0100", "N.2.r.2", "N.1.3", "N.2.r.2==N.1.3", "Sender of message and batch are not the same."),
    _reject("R0006", "N.2.r.3", _POSTMARKET, "N.2.r.3=CDER", "ZZFDA is only for CDER."),
    _reject("R0007", "N.2.r.3", _PREMARKET, _ANY_IND, "ZZFDA_PREMKT is only for IND and IND-exempt reports."),
    _reject("R0008", "C.1.3", f"{_PREMARKET} & {_ANY_IND} & FDA.C.5.5a,FDA.C.5.5b & C.5.4=1|2|3", "C.1.3=2",
            "A premarket report with study type is a study report."),
    _reject("R0110", "C.1.3", f"{_PREMARKET} & {_IND} & FDA.C.5.5a & !C.5.4", "C.1.3=1",
            "A premarket report without study type is spontaneous."),
    _reject("R0111", "C.1.3", f"{_PREMARKET} & {_EXEMPT}", "C.1.3=2",
            "An IND-exempt report is a study report."),
    _reject("R0112", "C.1.3", f"{_PREMARKET} & {_IND}", "C.1.3=1|2",
            "An IND report is spontaneous or a study report."),
    _reject("R0009", "C.1.6.1.r.1", "C.1.6.1=true", "C.1.6.1.r.1", at="message"),
    _reject("R0010", "C.1.6.1.r.2", "C.1.6.1.r.2", "C.1.6.1.r.2 uncompressed",
            "Documents must be plain base64."),
    _reject("R0011", "C.1.7", f"{_INITIAL} & C.1.7=(NI)", "C.1.7=true|false",
            "NI is not for initial reports."),
    _reject("R0012", "FDA.C.1.7.1", f"{_NOT_IND} & FDA.C.1.12=true & C.1.7=true", "FDA.C.1.7.1=1|4",
            "An expedited combination product report is 15-day or 5-day."),
    _reject("R0013", "FDA.C.1.7.1", f"{_NOT_IND} & FDA.C.1.12=true & C.1.7=false|(NI)", "FDA.C.1.7.1=2|5",
            "A combination product report that is not expedited is non-expedited or 30-day."),
    _reject("R0014", "FDA.C.1.7.1", f"{_NOT_IND} & FDA.C.1.12=false|(NI) & C.1.7=true", "FDA.C.1.7.1=1",
            "An expedited report is 15-day."),
    _reject("R0015", "FDA.C.1.7.1", f"{_NOT_IND} & FDA.C.1.12=false|(NI) & C.1.7=false|(NI)", "FDA.C.1.7.1=2",
            "A report that is not expedited is non-expedited."),
    _reject("R0016", "FDA.C.1.7.1", f"{_ANY_IND} & C.1.7=true & C.1.3=1|2", "FDA.C.1.7.1=1|6",
            "An expedited premarket report is 15-day or 7-day."),
    _reject("R0017", "C.1.9.1.r.1", "C.1.9.1=true", "C.1.9.1.r.1", at="message"),
    _reject("R0018", "C.1.9.1.r.2", "C.1.9.1.r.1", "C.1.9.1.r.2"),
    _warn("W0001", "C.1.10.r", "D.1=AGGREGATE", "C.1.10.r",
            "An aggregate report should name its cases.", "message"),
    _reject("R0101", "C.1.11.1", f"{_INITIAL} & C.1.11.1", "!C.1.11.1",
            "An initial report is neither nullified nor amended."),
    _reject("R0019", "C.2.r.3", "C.2.r.5=1", "C.2.r.3"),
    _reject("R0020", "C.2.r.4", "C.2.r.5=1", "C.2.r.4"),
    _reject("R0021", "C.2.r.5", "", "C.2.r.5=1", "One reporter must be the primary source.", "message"),
    _reject("R0022", "C.3.2", "C.3.1=1|2|3|4|5|6", "C.3.2"),
    _reject("R0023", "C.5.4", "C.1.3=2", "C.5.4"),
    _reject("R0102", "C.5.4", f"C.1.3=2 & {_ANY_IND} & {_PREMARKET}", "C.5.4=1|2|3",
            "A study report needs its type."),
    _reject("R0103", "C.5.4", "C.1.3=1 & N.2.r.3=CDER", "!C.5.4", "A spontaneous report has no study type."),
    _reject("R0104", "C.5.4", f"C.1.3=2 & N.2.r.3=CDER & {_POSTMARKET}", "C.5.4=1|2|3",
            "A study report needs its type."),
    _reject("R0113", "C.5.4", f"{_PREMARKET} & {_IND} & C.1.3=1", "!C.5.4",
            "A spontaneous report has no study type."),
    _warn("W0002", "C.5.4", "D.1=AGGREGATE", "C.5.4=1", "An aggregate report comes from a clinical trial."),
    _reject("R0024", "FDA.C.5.5a", f"C.1.3=1|2 & {_IND}", "FDA.C.5.5a"),
    _reject("R0107", "FDA.C.5.5a", f"N.2.r.3=CDER|CBER & {_POSTMARKET}", "!FDA.C.5.5a",
            "It is for premarket reports."),
    _reject("R0105", "FDA.C.5.5a", "", "", "It is not known to the center."),
    _reject("R0025", "FDA.C.5.5b", f"C.1.3=2 & {_EXEMPT}", "FDA.C.5.5b"),
    _reject("R0108", "FDA.C.5.5b", f"N.2.r.3=CDER|CBER & {_POSTMARKET}", "!FDA.C.5.5b",
            "It is for premarket reports."),
    _reject("R0106", "FDA.C.5.5b", "", "", "It is not known to the center."),
    _reject("R0026", "FDA.C.5.6.r", "FDA.C.5.5a", "FDA.C.5.6.r", at="message"),
    _reject("R0109", "FDA.C.5.6.r", f"N.2.r.3=CDER|CBER & {_POSTMARKET}", "!FDA.C.5.6.r",
            "It is for premarket reports.", "message"),
    _warn("W0012", "FDA.C.5.6.r", "", "", "It is not known to the center."),
    _reject("R0027", "D.1", "FDA.C.1.12=true & FDA.G.k.12.r.1=true & E.i.2.1b=10067482", "D.1=(NA)",
            "A malfunction without a patient has the nullFlavor NA."),
    _warn("W0010", "D.1", "C.1.3=2 & C.1.10.r & FDA.C.5.5a", "D.1=AGGREGATE", "An aggregate report says so."),
    _reject("R0029", "D.2.2a", "D.2.2b", "D.2.2a"),
    _reject("R0030", "D.2.2b", "D.2.2a", "D.2.2b"),
    _reject("R0031", "D.2.2.1a", "D.2.2.1b", "D.2.2.1a"),
    _reject("R0032", "D.2.2.1b", "D.2.2.1a", "D.2.2.1b"),
    _reject("R0033", "D.7.1.r.1a", "D.7.1.r.1b", "D.7.1.r.1a"),
    _reject("R0034", "D.7.1.r.1b", "D.7.1.r.1a", "D.7.1.r.1b"),
    _reject("R0035", "D.7.2", "!D.7.1.r", "D.7.2"),
    _reject("R0036", "D.8.r.1", "D.8.r", "D.8.r.1"),
    _reject("R0037", "D.8.r.6a", "D.8.r.6b", "D.8.r.6a"),
    _reject("R0038", "D.8.r.6b", "D.8.r.6a", "D.8.r.6b"),
    _reject("R0039", "D.8.r.7a", "D.8.r.7b", "D.8.r.7a"),
    _reject("R0040", "D.8.r.7b", "D.8.r.7a", "D.8.r.7b"),
    _reject("R0041", "D.9.1", f"C.1.3=2 & {_IND} & E.i.3.2a=true", "D.9.1"),
    _reject("R0042", "D.9.2.r.1a", "D.9.2.r.1b", "D.9.2.r.1a"),
    _reject("R0043", "D.9.2.r.1b", "D.9.2.r.1a", "D.9.2.r.1b"),
    _reject("R0044", "D.9.2.r.2", "D.9.2.r.1a & D.9.2.r.1b", "D.9.2.r.2"),
    _reject("R0045", "D.9.3", "D.9.1", "D.9.3"),
    _reject("R0046", "D.9.4.r.1a", "D.9.4.r.1b", "D.9.4.r.1a"),
    _reject("R0047", "D.9.4.r.1b", "D.9.4.r.1a", "D.9.4.r.1b"),
    _reject("R0048", "D.9.4.r.2", "D.9.4.r.1a & D.9.4.r.1b", "D.9.4.r.2"),
    _reject("R0049", "D.10.2.2a", "D.10.2.2b", "D.10.2.2a"),
    _reject("R0050", "D.10.2.2b", "D.10.2.2a", "D.10.2.2b"),
    _reject("R0051", "D.10.6", _PARENT, "D.10.6"),
    _reject("R0052", "D.10.7.1.r.1a", "D.10.7.1.r.1b", "D.10.7.1.r.1a"),
    _reject("R0053", "D.10.7.1.r.1b", "D.10.7.1.r.1a", "D.10.7.1.r.1b"),
    _reject("R0054", "D.10.8.r.6a", "D.10.8.r.6b", "D.10.8.r.6a"),
    _reject("R0055", "D.10.8.r.6b", "D.10.8.r.6a", "D.10.8.r.6b"),
    _reject("R0056", "D.10.8.r.7a", "D.10.8.r.7b", "D.10.8.r.7a"),
    _reject("R0057", "D.10.8.r.7b", "D.10.8.r.7a", "D.10.8.r.7b"),
    _warn("W0003", "FDA.D.11.r.1", "D.1=(NA)|SUMMARY|AGGREGATE", "FDA.D.11.r.1=(NA)",
          "Without a patient the race has the nullFlavor NA.", "message"),
    _warn("W0004", "FDA.D.12", "D.1=(NA)|SUMMARY|AGGREGATE", "FDA.D.12=(NA)",
          "Without a patient the ethnicity has the nullFlavor NA."),
    _reject("R0058", "E.i.1.1b", "E.i.1.1a", "E.i.1.1b"),
    _reject("R0059", "E.i.6a", "E.i.6b", "E.i.6a"),
    _reject("R0060", "E.i.6b", "E.i.6a", "E.i.6b"),
    _reject("R0061", "F.r.1", "F.r.2.1,F.r.2.2b", "F.r.1"),
    _reject("R0062", "F.r.2.1", "F.r.1 & !F.r.2.2b", "F.r.2.1"),
    _reject("R0063", "F.r.2.2a", "F.r.2.2b", "F.r.2.2a"),
    _reject("R0064", "F.r.2.2b", "F.r.1 & !F.r.2.1", "F.r.2.2b"),
    _reject("R0065", "F.r.3.1", "F.r.2.2b", _RESULTS, "A coded test needs a result."),
    _reject("R0066", "F.r.3.2", "F.r.2.2b", _RESULTS, "A coded test needs a result."),
    _reject("R0067", "F.r.3.3", "F.r.3.2", "F.r.3.3"),
    _reject("R0068", "F.r.3.4", "F.r.2.2b", _RESULTS, "A coded test needs a result."),
    _warn("W0005", "G.k.1", "G.k", "first G.k.1=1|3|4", "The first product is not a suspect.", "message"),
    _reject("R0069", "G.k.1", "N.2.r.3=CDER", "G.k.1=1|3|4", "A suspect product is needed.", "message"),
    _reject("R0070", "G.k.1", f"C.1.3=2 & {_IND}", "G.k.1=1|3", "A suspect product is needed.", "message"),
    _reject("R0071", "G.k.1", f"C.1.3=2 & {_EXEMPT}", "G.k.1=1|3|4",
            "A suspect product is needed.", "message"),
    _reject("R0072", "FDA.G.k.1.a", "FDA.C.1.12=true & FDA.G.k.12.r.1=true & G.k.1=4", "FDA.G.k.1.a"),
    _warn("W0009", "G.k.2.2", "", "", "The name is not the registered one."),
    _reject("R0073", "G.k.2.3.r.3b", "G.k.2.3.r.3a", "G.k.2.3.r.3b"),
    _reject("R0114", "G.k.3.1", f"{_POSTMARKET} & N.2.r.3=CDER & C.1.3=2 & C.5.4=2|3 & G.k.3.1~IND|PANDA",
            "!G.k.3.1", "An IND or pre-ANDA number is no approval."),
    _reject("R0074", "G.k.3.2", "G.k.3.1", "G.k.3.2"),
    _reject("R0075", "G.k.4.r.1b", "G.k.4.r.1a", "G.k.4.r.1b"),
    _reject("R0076", "G.k.4.r.3", "G.k.4.r.2", "G.k.4.r.3"),
    _reject("R0077", "G.k.4.r.6a", "G.k.4.r.6b", "G.k.4.r.6a"),
    _reject("R0078", "G.k.4.r.6b", "G.k.4.r.6a", "G.k.4.r.6b"),
    _reject("R0079", "G.k.5a", "G.k.5b", "G.k.5a"),
    _reject("R0080", "G.k.5b", "G.k.5a", "G.k.5b"),
    _reject("R0081", "G.k.6a", "G.k.6b", "G.k.6a"),
    _reject("R0082", "G.k.6b", "G.k.6a", "G.k.6b"),
    _reject("R0083", "G.k.7.r.2a", "G.k.7.r.2b", "G.k.7.r.2a"),
    _reject("R0084", "G.k.7.r.2b", "G.k.7.r.2a", "G.k.7.r.2b"),
    _reject("R0085", "G.k.9.i.2.r.1", "C.1.3=2 & FDA.C.5.5a", "G.k.9.i.2.r.1", at="message"),
    _reject("R0086", "G.k.9.i.2.r.2", "C.1.3=2 & FDA.C.5.5a", "G.k.9.i.2.r.2", at="message"),
    _reject("R0087", "G.k.9.i.2.r.3", "C.1.3=2 & FDA.C.5.5a", "G.k.9.i.2.r.3", at="message"),
    _reject("R0088", "G.k.9.i.3.1a", "G.k.9.i.3.1b", "G.k.9.i.3.1a"),
    _reject("R0089", "G.k.9.i.3.1b", "G.k.9.i.3.1a", "G.k.9.i.3.1b"),
    _reject("R0090", "G.k.9.i.3.2a", "G.k.9.i.3.2b", "G.k.9.i.3.2a"),
    _reject("R0091", "G.k.9.i.3.2b", "G.k.9.i.3.2a", "G.k.9.i.3.2b"),
    _warn("W0006", "FDA.G.k.10a", "FDA.C.5.5b", "FDA.G.k.10a=1|2|(NA)",
          "An IND-exempt report says which product is test and which reference.", "message"),
    _reject("R0092", "FDA.G.k.12.r.1", "FDA.C.1.7.1=5", "FDA.G.k.12.r.1=true",
            "A 30-day report is about a malfunction.", "message"),
    _reject("R0093", "FDA.G.k.12.r.3.r", "FDA.G.k.12.r.1=true", "FDA.G.k.12.r.3.r", at="FDA.G.k.12.r"),
    _warn("W0008", "FDA.G.k.12.r.3.r", "", "", "It is not in FDA's list of device problems."),
    _reject("R0094", "FDA.G.k.12.r.4", "FDA.C.1.12=true", "FDA.G.k.12.r.4,FDA.G.k.12.r.5",
            "A combination product needs the brand name or the common name of its device.", "message"),
    _reject("R0095", "FDA.G.k.12.r.5", "FDA.C.1.12=true", "FDA.G.k.12.r.4,FDA.G.k.12.r.5",
            "A combination product needs the brand name or the common name of its device.", "message"),
    _reject("R0096", "FDA.G.k.12.r.6", "!FDA.G.k.12.r.4,FDA.G.k.12.r.5", "FDA.G.k.12.r.6", at="FDA.G.k.12.r"),
    _warn("W0007", "FDA.G.k.12.r.11.r", "FDA.G.k.12.r.1=true & FDA.C.1.7.1=4", "FDA.G.k.12.r.11.r",
          "A 5-day report of a malfunction should name the remedial action.", "FDA.G.k.12.r"),
    _reject("R0097", "H.3.r.1a", "H.3.r.1b", "H.3.r.1a"),
    _reject("R0098", "H.3.r.1b", "H.3.r.1a", "H.3.r.1b"),
    _reject("R0099", "H.5.r.1b", "H.5.r.1a", "H.5.r.1b"),
)
# fmt: on
