"""Tables as people paste them. Each: the text, some of its results, and what of it isn't understood.

A result is line, name, text, unit, limits, moment.
"""

EMAIL = """
                 28.09.   01.10.   03.10.   Ref.
Leukozyten         8,1     14,9     16,2    4-10 G/l
atyp. Lymphozyten    -       4        6     %
Troponin T hs        -      <5      hämol.  <14 ng/l
CRP                  3     1.064      71    <5 mg/l
"""
COUNTS = (3, "Leukozyten", "14,9", "G/l", "4-10 G/l", "01.10.")
LAYOUTS = {
    "e-mail": (EMAIL, [COUNTS, (5, "Troponin T hs", "<5", "ng/l", "<14 ng/l", "01.10.")], []),
    "e-mail, quoted": (
        "".join(f"> {line}\n" for line in EMAIL.splitlines()),
        [COUNTS, (4, "atyp. Lymphozyten", "6", "%", "", "03.10.")],
        [],
    ),
    "e-mail, blanks lost": (
        "\n".join(" ".join(line.split()) for line in EMAIL.splitlines()) + "\nLipase 30 41 <60 U/l",
        [COUNTS, (6, "CRP", "71", "mg/l", "<5 mg/l", "03.10.")],
        ["Troponin T hs - <5 hämol. <14 ng/l", "Lipase 30 41 <60 U/l"],
    ),
    "bars, units and limits in columns": (
        ("Parameter | Einheit | Referenzbereich | 28.09. | 01.10.\n"
        "|---------|---------|-----------------|--------|-------|\n"
        "GPT (ALAT) | U/l | bis 50 | 31 | 312 H\nHBsAg | | neg. | negativ | -\n | | | 5 |"),
        [
            (3, "GPT (ALAT)", "312 H", "U/l", "bis 50", "01.10."),
            (4, "HBsAg", "negativ", "", "", "28.09."),
        ],
        ["5"],
    ),
    "spreadsheet, units in names": (
        ("\t2026-09-28\t2026-10-01 08:15\nLeukocytes (10^9/L)\t8.1\t14.9\nAST, U/L\t28\t190*\n"
        "Temperature\t36.8 °C\t39.1 °C\nHHV-6 PCR\tneg\tpositive, 2300 copies/mL"),
        [
            (2, "Leukocytes", "14.9", "10^9/L", "", "2026-10-01 08:15"),
            (3, "AST", "190 *", "U/L", "", "2026-10-01 08:15"),
            (4, "Temperature", "39.1", "°C", "", "2026-10-01 08:15"),
            (5, "HHV-6 PCR", "positive, 2300 copies/mL", "", "", "2026-10-01 08:15"),
        ],
        [],
    ),
    "days across, named above the tests": (
        "Date        01-Oct-2026   03-Oct-2026\nEos (G/L)   2.4           3.1\n",
        [(2, "Eos", "3.1", "G/L", "", "03.10.2026")],
        [],
    ),
    "days of the reaction": (
        "Test\tday -3\tDay 5\nALT U/L\t31\t312\n",
        [(2, "ALT", "31", "U/L", "", "day -3"), (2, "ALT", "312", "U/L", "", "day 5")],
        [],
    ),
    "days of the reaction as letters": (
        "Analyse;J0;J7\nALAT;31;312\nT3;1,2;1,4\n",
        [(2, "ALAT", "312", "", "", "day 7"), (3, "T3", "1,2", "", "", "day 0")],
        [],
    ),
    "days down, limits below": (
        "Datum\tLeukozyten\tGPT\nEinheit\tG/l\tU/l\n28.09.2026\t8,1\t31\n10/11/2026\t11\t140+\n\t\tx\nReferenz\t4-10\t<50",
        [
            (3, "Leukozyten", "8,1", "G/l", "4-10", "28.09.2026"),
            (4, "GPT", "140 +", "U/l", "<50", "10/11/2026"),
        ],
        ["x"],
    ),
    "one row per result": (
        ("Date;Test;Result;Unit;Reference;Flag;Comment\n01/10/2026;ALT;312;U/L;0-50;H;lipaemic\n"
        '01/10/2026;"Bilirubin, total";1,3;mg/dL;<1,2;H;'),
        [
            (2, "ALT", "312 H", "U/L", "0-50", "01/10/2026"),
            (3, "Bilirubin, total", "1,3 H", "mg/dL", "<1,2", "01/10/2026"),
        ],
        ["lipaemic"],
    ),
    "commas, limits in two columns": (
        "Component,Value,Low,High,Units,Date\nALT,312,10,50,U/L,01-Oct-2026\nEosinophils,2.4,,0.5,10*9/L,01-Oct-2026",
        [
            (2, "ALT", "312", "U/L", "10-50", "01.10.2026"),
            (3, "Eosinophils", "2.4", "10*9/L", "<=0.5", "01.10.2026"),
        ],
        [],
    ),
    "a result a line": (
        ("01-OCT-2026 Eosinophils 2.4 x10^9/L (0-0.5) H\n20-OCT-2026 HHV-6 PCR positive 2300 copies/mL\n"
        "03-OCT-2026 patient well\nSmith, Tel. 030 1234567"),
        [
            (1, "Eosinophils", "2.4 H", "x10^9/L", "0-0.5", "01.10.2026"),
            (2, "HHV-6 PCR", "positive 2300 copies/mL", "", "", "20.10.2026"),
        ],
        ["03-OCT-2026 patient well", "Smith, Tel. 030 1234567"],
    ),
    "sentences": (
        "Labs on 1 October 2026: ALT 312 U/L, AST 190 U/L; CRP 64 mg/L\nTemp. 39.1 °C on 2 October 2026",
        [
            (1, "AST", "190", "U/L", "", "1.10.2026"),
            (1, "CRP", "64", "mg/L", "", "1.10.2026"),
            (2, "Temp.", "39.1", "°C", "", "2.10.2026"),
        ],
        [],
    ),
    "German print, earlier results, flags between": (
        ("Labor am Markt                                     Seite 1\n"
        "Name: Muster, M.      geb.: 12.03.1972\n"
        "Eingang: 01.10.2026 09:12   Entnahme: 01.10.2026 08:15\n\n"
        "Untersuchung             Ergebnis      Einheit    Referenz       Vorwert 28.09.2026\n"
        "Kleines Blutbild\n"
        "  Leukozyten             14,9    +     Gpt/l      4,0 - 10,0     8,1\n"
        "  Hämoglobin             13,1    -     g/dl       14,0 - 18,0    13,9\n"
        "  GPT                    312     ++    U/l        < 50           31\n"),
        [
            (7, "Leukozyten", "14,9 +", "Gpt/l", "4,0 - 10,0", "01.10.2026 08:15"),
            (8, "Hämoglobin", "13,1 -", "g/dl", "14,0 - 18,0", "01.10.2026 08:15"),
            (8, "Hämoglobin", "13,9", "g/dl", "14,0 - 18,0", "28.09.2026"),
        ],
        ["Seite 1", "geb.: 12.03.1972", "Eingang: 01.10.2026 09:12"],
    ),
    "French reports below each other": (
        ("BILAN du 1er octobre 2026\nLeucocytes : 14,9 G/L (N : 4,0 - 10,0)\nASAT : 190 UI/L (N < 35) H\n\n"
        "BILAN du 3 octobre 2026\nASAT : 171 UI/L\nCréatinine : 88 µmol/L"),
        [
            (2, "Leucocytes", "14,9", "G/L", "N : 4,0 - 10,0", "1.10.2026"),
            (3, "ASAT", "190 H", "UI/L", "N < 35", "1.10.2026"),
            (6, "ASAT", "171", "UI/L", "", "3.10.2026"),
        ],
        [],
    ),
    "English print, a wide cell": (
        ("LABORATORY REPORT\nCollected: 10/01/2026 08:15   Received: 10/01/2026 10:20\n"
        "TEST            RESULT   FLAG   REFERENCE RANGE   UNITS\n"
        "WBC             14.9     H      4.0-10.0          K/uL\n"
        "ALT (SGPT)      289      H      10-50             U/L\n"
        "Creatinine      1.0             0.5-1.2           mg/dL\n"
        "HBsAg           Non-Reactive\n"),
        [
            (4, "WBC", "14.9 H", "K/uL", "4.0-10.0", "10/01/2026 08:15"),
            (7, "HBsAg", "Non-Reactive", "", "", "10/01/2026 08:15"),
        ],
        ["Received: 10/01/2026 10:20"],
    ),
    "columns that aren't aligned": (
        "Test   28.09.2026   01.10.2026   Unit\nALT  31  312  U/L\nCreatinine, serum  0.9  mg/dl\n",
        [(2, "ALT", "312", "U/L", "", "01.10.2026"), (3, "Creatinine, serum", "0.9", "mg/dl", "", "")],
        [],
    ),
}  # fmt: skip
