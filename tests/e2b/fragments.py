"""Builds the XML of one message around a fragment, in any spelling that a sender may choose."""

_HEAD = (
    '<MCCI_IN200100UV01 ITSVersion="XML_1.0" xmlns="urn:hl7-org:v3"'
    ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
)
_CASE = (
    "<PORR_IN049016UV><controlActProcess><subject><investigationEvent>"
    "{case}</investigationEvent></subject></controlActProcess></PORR_IN049016UV>"
)
_PATIENT = (
    "<component><adverseEventAssessment><subject1><primaryRole>{patient}</primaryRole></subject1>"
    "{assessment}</adverseEventAssessment></component>"
)


def list_code(number: int, code: str | int) -> str:
    """The child `code` by which a node is recognised."""
    return f'<code code="{code}" codeSystem="2.16.840.1.113883.3.989.2.1.1.{number}"/>'


def case(inside: str, times: int = 1) -> bytes:
    """A batch whose messages have this text inside the investigationEvent."""
    return (_HEAD + _CASE.format(case=inside) * times + "</MCCI_IN200100UV01>").encode()


def patient(inside: str, assessment: str = "") -> bytes:
    """A batch whose message has this inside the patient, and that beside it."""
    return case(_PATIENT.format(patient=inside, assessment=assessment))


def nested(path: str, inside: str) -> str:
    """The inside in nodes of these names, one in the other."""
    tags = path.split("/")
    return "".join(f"<{tag}>" for tag in tags) + inside + "".join(f"</{tag}>" for tag in reversed(tags))


def observation(code: str | int, inside: str, wrapper: str = "subjectOf2") -> str:
    return f"<{wrapper}><observation>{list_code(19, code)}{inside}</observation></{wrapper}>"


def reaction(inside: str, ref: str = "r1") -> str:
    return (
        f'<subjectOf2><observation><id root="{ref}"/>{list_code(19, 29)}{inside}</observation></subjectOf2>'
    )


def organizer(code: int, inside: str) -> str:
    return nested("subjectOf2/organizer", list_code(20, code) + nested("component", inside))


def test_result(inside: str) -> bytes:
    return patient(organizer(3, f"<observation><code/>{inside}</observation>"))


test_result.__test__ = False


def drug(inside: str, ref: str = "d1") -> str:
    return organizer(4, f'<substanceAdministration><id root="{ref}"/>{inside}</substanceAdministration>')


def dose(inside: str) -> bytes:
    return patient(
        drug(
            '<outboundRelationship2 typeCode="COMP"><substanceAdministration>'
            f"{inside}</substanceAdministration></outboundRelationship2>"
        )
    )


def causality(inside: str, reaction: str = "r1", drug: str = "d1") -> str:
    return (
        f"<component><causalityAssessment>{list_code(19, 39)}{inside}"
        f'<subject1><adverseEffectReference><id root="{reaction}"/></adverseEffectReference></subject1>'
        f'<subject2><productUseReference><id root="{drug}"/></productUseReference></subject2>'
        "</causalityAssessment></component>"
    )


def role(code: int, drug: str = "d1") -> str:
    return (
        f"<component><causalityAssessment>{list_code(19, 20)}"
        f'<value xsi:type="CE" code="{code}" codeSystem="2.16.840.1.113883.3.989.2.1.1.13"/>'
        f'<subject2><productUseReference><id root="{drug}"/></productUseReference></subject2>'
        "</causalityAssessment></component>"
    )
