"""Spellings of units that follow no rule of two parts, by kind of quantity and UCUM code.

Spellings are folded before they are compared (`vocabulary.folding.fold_unit`), so that spaces, micro
signs and ways to write a power need no rows of their own; they are separated by bars.
Sources: public lists of units printed by laboratories (SS-MIX2 of Japanese hospitals, MIRACUM, FinnGen,
LHNCBC, MIMIC), The Unified Code for Units of Measure, and the habits of laboratories in eight languages.
"""

# fmt: off
# Letter case may vary.
SPELLINGS = {
    "percent": {
        "%": (
            "% | percent | pct | pct. | Prozent | pour cent | por ciento | por cento | per cento | "
            "procent | パーセント | % WBC | % of WBC | % of leukocytes | % of leucocytes | "
            "% of white cells | % leukocytes | % leucocytes | % der Leukozyten | %d.Leukozyten | "
            "% Leukozyten | % des leucocytes | % de leucocitos | % dei leucociti | % dos leucócitos | "
            "/100 WBC | /100 leukocytes | /100 leucocytes | /100 Leuk | /100 Leuk. | /100 Leu | "
            "/100 Leukozyten | pro 100 Leukozyten | per 100 WBC | per 100 leukocytes | "
            "pour 100 leucocytes | /100{WBC}"
        ),
        "[ppth]": "‰ | o/oo | 0/00 | promille | per mille | per mil | pour mille | por mil",
    },
    "body_surface": {
        "%": (
            "% BSA | % TBSA | % body surface area | % body surface | % of BSA | percent BSA | % KOF | "
            "% der Körperoberfläche | % de la surface corporelle | % surface corporelle | % SC | "
            "% SCT | % de la superficie corporal | % superficie corporal | % SCorp | "
            "% della superficie corporea | % superficie corporea | % ASC | % da superfície corporal | "
            "% lichaamsoppervlak | % 体表面積 | 体表面積%"
        ),
    },
    "mass_concentration": {
        "g/dL": "g% | gm% | gms% | gr%",
        "mg/dL": "mg% | mgs% | mg pct | mg percent | mg-%",
        "ug/dL": "µg%",
    },
    "equivalents": {
        "meq/L": "mEq/L | mval/l",
    },
    "arbitrary_concentration": {
        "m[IU]/L": "mE/L",
        "[arb'U]/mL": "AU/mL | arb.U/mL | UA/mL | AE/ml | RE/ml | RU/mL | BAU/mL | EU/mL | DU/mL",
        "{index_val}": (
            "index | idx | Index value | COI | C.O.I. | S/CO | S/C | VE | NTU | ISR | OD ratio | "
            "cut-off index"
        ),
    },
    "log_load": {
        "{Log_copies}/mL": (
            "log10 copies/mL | log copies/mL | log(copies/mL) | log10(copies/mL) | log10 cp/mL | "
            "log cp/mL | log10 c/mL | log c/mL | lg copies/mL | lg Kopien/ml | log Kopien/ml | "
            "log10 Kopien/ml | log10 copias/mL | log copias/mL | log copie/mL | log10 cópias/mL | "
            "Logコピー/mL | LogCopy/mL"
        ),
        "{Log_IU}/mL": (
            "log10 IU/mL | log IU/mL | log(IU/mL) | log10 UI/mL | log UI/mL | log IE/ml | log10 IE/ml"
        ),
    },
    "cycle_threshold": {
        "{Ct_value}": (
            "Ct value | Ct-value | Ct-Wert | cycle threshold | threshold cycle | Cq | Cq value | "
            "valeur Ct | valor Ct | Ct値 | Ctwaarde"
        ),
    },
    "titre": {
        "{titer}": (
            "titer | titre | titer 1:n | titre 1:n | 1:n | 1:n dilution | dilution 1:n | titolo | "
            "título | titulo | titro | 抗体価"
        ),
    },
    "ratio_to_upper_limit": {
        "{ULN}": (
            "x ULN | * ULN | times ULN | times the ULN | fold ULN | -fold ULN | fold the ULN | "
            "times upper limit of normal | times the upper limit of normal | "
            "x upper limit of normal | times above the ULN | x LSN | fois la LSN | "
            "fois la limite supérieure de la normale | fois la limite sup. normale | veces LSN | "
            "veces el LSN | veces el límite superior de la normalidad | "
            "veces el límite superior de lo normal | vezes o LSN | "
            "vezes o limite superior da normalidade | vezes o limite superior do normal | "
            "volte il limite superiore della norma | volte il limite superiore di normalità | "
            "fach ULN | fache ULN | -fache des ULN | -fache der oberen Normgrenze | "
            "-fach über oberer Norm | x OGN | x ONG | maal de bovengrens van normaal | x bovengrens | "
            "ULN× | ×基準値上限 | 倍（基準値上限） | 基準値上限の"
        ),
    },
    "ratio_to_baseline": {
        "{baseline}": (
            "x baseline | times baseline | fold baseline | fold over baseline | times the baseline | "
            "x BL | x Ausgangswert | -fache des Ausgangswerts | fois la valeur de base | "
            "fois la valeur basale | x valeur de base | veces el basal | veces el valor basal | "
            "vezes o basal | volte il basale | volte il valore basale | maal de uitgangswaarde | ×前値"
        ),
    },
    "ratio_to_lower_limit": {
        "{LLN}": "x LLN | times LLN | x LIN",
    },
    "mass_rate": {
        "g/d": "g/d",
        "ug/min": "µg/min | mcg/min",
    },
    "mass_ratio": {
        "mg/g{creat}": (
            "mg/g | mg/g creat | mg/g creatinine | mg/g Cr | mg/gCre | mg/g·Cr | mg/g・Cre | "
            "mg/g Krea | mg/g Crea | mg/g Kreatinin | mg/g créatinine | mg/g creatinina | µg/mg | "
            "ug/mg creat | mg/g{creat}"
        ),
        "g/g{creat}": (
            "g/g | g/g creat | g/g creatinine | g/gCr | g/g・Cr | g/gCre | g/g Krea | g/g Kreatinin | "
            "mg/mg | mg/mg creat | mg/mg Cr"
        ),
        "mg/mmol{creat}": (
            "mg/mmol | mg/mmol creat | mg/mmol creatinine | mg/mmol Krea | mg/mmol Cr | g/mol | "
            "g/mol Krea | g/mol creat | mg/mmol créatinine"
        ),
    },
    "time": {
        "s": (
            "sec | sec. | secs | second | seconds | Sek | Sek. | Sekunde | Sekunden | seg | seg. | "
            "segundos | segundo | seconde | secondes | secondi | seconden | 秒"
        ),
        "min": "min | min. | mins | minute | minutes | Minuten | minuto | minutos | minuti | 分",
        "h": (
            "hr | hrs | hr. | hour | hours | Std | Std. | Stunde | Stunden | heure | heures | hora | "
            "horas | ora | ore | uur | uren | 時間"
        ),
        "d": (
            "day | days | Tag | Tage | Tagen | jour | jours | día | días | dia | dias | giorno | "
            "giorni | gg | gg. | dag | dagen | 日間"
        ),
        "wk": (
            "wk | wks | week | weeks | Wo | Wo. | Woche | Wochen | semaine | semaines | semana | "
            "semanas | settimana | settimane | weken | 週間 | 週"
        ),
        "mo": (
            "mo | mos | mo. | month | months | Monat | Monate | Monaten | mois | mes | meses | mese | "
            "mesi | mês | maand | maanden | ヶ月 | か月 | カ月 | ヵ月"
        ),
        "a": (
            "a | y | yr | yrs | yr. | year | years | yo | y/o | y.o. | Jahr | Jahre | Jahren | Lj. | "
            "an | ans | année | années | año | años | anno | anni | anos | jaar | 歳 | 才"
        ),
    },
    "temperature": {
        "Cel": (
            "°C | C° | degC | deg.C | degrees C | degree C | degrees Celsius | degree Celsius | "
            "degrees centigrade | centigrade | Celsius | Cel | Grad C | Grad Celsius | °Celsius | "
            "grados C | grados centígrados | grados Celsius | gradi C | gradi Celsius | "
            "gradi centigradi | graus C | graus Celsius | degrés C | degrés Celsius | "
            "degrés centigrades | graden Celsius | graden C | 摂氏"
        ),
        "[degF]": "°F | degF | deg. F | degrees F | degree F | degrees Fahrenheit | Fahrenheit | [degF]",
    },
    "sedimentation": {
        "mm/h": (
            "mm/h | mm/hr | mm/hour | mm/1h | mm/1hr | mm/1st h | mm/1st hr | mm/1st hour | "
            "mm 1st hour | mm in 1st hour | mm/Std | mm/Std. | mm/1.Std | mm/1. Std. | mm 1. Std. | "
            "mm n.W. | mm/heure | mm 1ère heure | mm/1ère heure | mm/1re heure | mm/hora | mm/1ª h | "
            "mm/1ª hora | mm 1ª hora | mm/ora | mm/uur | mm/時間 | mm/1時間"
        ),
        "mm/(2.h)": "mm/2h | mm/2hr | mm/2. Std.",
    },
    "clearance": {
        "mL/min/{1.73_m2}": (
            "mL/min/1.73m2 | mL/min/1.73m^2 | ml/min/1,73m² | mL/min/1.73sqm | ml/min/1.73qm | "
            "ml/min/1,73qm | mL/min/1.73 | ml/min/1,73 | mL/min per 1.73 m2 | ml/mn/1,73m2 | "
            "mL/min/{1.73_m2} | mL/min/SSA"
        ),
        "mL/min": "mL/min | ml/mn | cc/min",
        "mL/s/{1.73_m2}": "mL/s/1.73m2 | ml/s/1,73m2",
    },
    "per_field": {
        "/[HPF]": (
            "/HPF | /h.p.f. | per HPF | per high power field | /high power field | cells/HPF | "
            "RBC/HPF | WBC/HPF | RBCs/HPF | WBCs/hpf | #/HPF | /GF | /Gesichtsfeld | "
            "pro Gesichtsfeld | /champ | par champ | /campo | por campo | p/campo | per campo | "
            "a campo | /gezichtsveld | /視野 | 個/HPF | 個/視野"
        ),
        "/[LPF]": "/LPF | per LPF | per low power field",
    },
    "length": {
        "cm": (
            "cm | cm. | cms | centimetre | centimeter | centimetres | centimeters | Zentimeter | "
            "centímetro | centimetri"
        ),
        "mm": "mm. | millimetre | millimeter | millimetres | milímetro | millimetri",
        "[in_i]": "in | in. | inch | inches",
    },
    "coagulation": {
        "{INR}": "INR | {INR} | I.N.R. | INR ratio",
        "%": "% Quick | % (Quick) | % TP | % of normal | % activity | % der Norm | %活性",
    },
    "hba1c": {
        "mmol/mol": "mmol/mol | mmol/mol Hb | mmol/mol (IFCC)",
    },
    "semi_quantitative": {
        "": "+ | ++ | +++ | ++++ | 1+ | 2+ | 3+ | 4+",
    },
    "volume": {
        "fL": "fL | µm3 | cu micron",
    },
    "mass": {
        "pg": "pg | pg/cell | pg/Zelle",
    },
}
# Another spelling differs in case alone and means something else.
CASE_MATTERS = {
    "catalytic_concentration": {
        "mU/mL": "mU/mL | mu/ml",
    },
    "cycle_threshold": {
        "{Ct_value}": "Ct | ct",
    },
    "time": {
        "s": "s",
        "h": "h",
        "d": "d",
    },
    "length": {
        "mm": "mm",
    },
    "mass_concentration": {
        "g/L": "g/L",
    },
}
# fmt: on
