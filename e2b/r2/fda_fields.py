"""FDA's additions to R2: those of its DTD 2.2, and of the 3500A form as some senders wrote it.

Source: FDA's published sample of DTD 2.2; a writer of the 3500A extension 3.5. Of the latter no table of
codes is published: flags are set by 1, true, yes or y.
"""

from typing import Final

from e2b.r2.model import Field, code, date, dropped, rule, text

_FOREIGN: Final = "it is no element of E2B"
_ORDER: Final = "R3 distinguishes versions by their dates (C.1.5, N.2.r.4)"
_VALUES: Final = "its values are not published"

# What set flags say, by tag.
REPORT_TYPES: Final = {
    "fivedayreporttype": "4",
    "sevendayreporttype": "6",
    "fifteendayreporttype": "1",
    "thirtydayreporttype": "5",
    "periodicreporttype": "2",
}
RACES: Final = {
    "raceasian": "C41260",
    "raceamericanindianoralaskannative": "C41259",
    "raceblack": "C16352",
    "racenativehawaiianorotherpacificislander": "C41219",
    "racewhite": "C41261",
}
# What is added to G.k.11, by tag, and how it is called there.
DRUG_REMARKS: Final = {
    "ndcnumberoruniqueid": "NDC number or unique id",
    "expirationdateformat": "Format of the expiration date",
    "expirationdate": "Expiration date",
    "frequency": "Frequency",
    "eventabatedafterusestoppedordosereduced": "Event abated after use stopped or dose reduced",
    "eventreappearedafterreintroduction": "Event reappeared after reintroduction",
    "generic": "Generic",
    "biosimilar": "Biosimilar",
}

# By the block in which they stand.
FDA_FIELDS: Final[dict[str, tuple[Field, ...]]] = {
    "safetyreport": (
        code("combinationproductreport", "FDA.C.1.12", "yes no"),
        *(
            dropped(tag, _FOREIGN)
            for tag in (
                *("formtype", "contactmethod", "adverseevent", "productproblem", "medicationerror"),
                "problemwithdifferentmanufacturerofsamemedicine",
                *("productavailableforevaluation", "productreturndateformat", "productreturndate"),
            )
        ),
        rule("requiredintervention", "FDA.E.i.3.2h"),
        *(rule(tag, "FDA.C.1.7.1") for tag in REPORT_TYPES),
        dropped("tendayreporttype", "FDA's list has no report of ten days"),
        *(dropped(tag, _ORDER) for tag in ("initialreporttype", "followupreporttype", "followupnumber")),
        rule("manufacturerreportnumber", "C.1.8.1"),
        *date("mfrreceivedate", "C.1.5"),
    ),
    "primarysource": (
        text("reporteremailaddress", "FDA.C.2.r.2.8"),
        rule("reportertel", "C.2.r.2.7"),
        rule("reportertelextension", "C.2.r.2.7"),
        rule("reportertelcountrycode", "C.2.r.2.7"),
        *(
            dropped(tag, _FOREIGN)
            for tag in (
                *("reportedtomanufacturercompounder", "reportedtouserfacility"),
                *("reportedtodistributorimporter", "identitydisclosedtothemanufacturer"),
                *("healthprofessionalflag", "initialreporteralsosentreporttofdaflag"),
            )
        ),
    ),
    "sender": tuple(
        dropped(tag, _FOREIGN)
        for tag in (
            *("manufacturer503bflag", "outsourcingfacilityname", "manufacturernda", "manufactureranda"),
            *("manufacturerind", "manufacturerbla", "manufacturerpma", "combinationproduct", "preanda"),
            *("pre-1938", "manufacturerotc", "manufacturerprotocolnumber", "compoundedproduct"),
            *(
                f"reportsource{kind}flag"
                for kind in (
                    *("foreign", "study", "literature", "consumer", "healthprof", "userfacility"),
                    *("companyrep", "distributer", "other", "othertext"),
                )
            ),
        )
    ),
    "patient": (
        dropped("patientethnicity", _VALUES),
        *(rule(tag, "FDA.D.11.r.1") for tag in (*RACES, "raceother")),
        dropped("patientgender", _FOREIGN),
        dropped("patientgenderother", _FOREIGN),
    ),
    "drug": (
        *(rule(tag, "G.k.11") for tag in DRUG_REMARKS),
        rule("productstrength", "G.k.2.3.r.3a"),
        rule("productstrengthunit", "G.k.2.3.r.3b"),
    ),
    "summary": (rule("otherremarks", "H.1"),),
}
