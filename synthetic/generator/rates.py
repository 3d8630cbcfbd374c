"""Every rate of the generator, with its source where there is one.

A rate without a source is a guess at what a national centre receives: good enough for measurements of speed,
and for nothing else. Never quote a synthetic registry as evidence.
"""

# The share of reportable details that a report gives. VigiBase 2007-2012: 13 % of reports well documented,
# median completeness 0.41, quartiles 0.26 and 0.63 (Bergvall, Drug Saf 2014;37:65).
THOROUGHNESS = ((0.35, 0.45), (0.65, 0.42), (0.95, 0.13))

# Share of reports from which no time to onset follows: of companies and of hospitals (JADER).
FROM_HOSPITAL = 0.3
ONSET_NOT_COMPUTABLE = {"company": 0.412, "hospital": 0.149}

# Days from first dose to onset, as median and standard deviation of the logarithm. RegiSCAR 2013:
# median 22, quartiles 17 and 31; carbamazepine 29, allopurinol 20. Amoxicillin: median 5, quartiles 2 and
# 11 (PMID 34459032). Piperacillin/tazobactam: mean 18 (J Investig Allergol Clin Immunol 2014;24:425).
LATENCY = (22.0, 0.445)
LATENCY_OF = {
    "carbamazepine": (29.0, 0.445),
    "allopurinol": (20.0, 0.445),
    "amoxicillin": (5.0, 1.26),
    "amoxicillin/clavulanate": (5.0, 1.26),
    "piperacillin/tazobactam": (17.0, 0.4),
}

# Suspect drugs, in rough proportion of published series; all other substances share the remainder.
CULPRITS = (
    ("allopurinol", 0.16),
    ("carbamazepine", 0.13),
    ("lamotrigine", 0.08),
    ("phenytoin", 0.07),
    ("sulfamethoxazole/trimethoprim", 0.08),
    ("vancomycin", 0.07),
    ("amoxicillin", 0.05),
    ("sulfasalazine", 0.04),
    ("piperacillin/tazobactam", 0.04),
    ("minocycline", 0.03),
    ("dapsone", 0.03),
    ("nevirapine", 0.02),
    ("canakinumab", 0.01),
    ("anakinra", 0.01),
)

# Days from onset to complete resolution, as median and standard deviation of the logarithm.
DURATION = (24.0, 0.55)
FATAL = 0.05

# How dates are given where they are given at all.
DATING = (("exact", 0.62), ("partial", 0.2), ("relative", 0.18))

FOLLOW_UP = 0.3
SIGNIFICANCE = (("significant", 0.55), ("not_significant", 0.3), ("", 0.15))
REPORTED_SCORE = 0.25
# A published total that the evidence can't reach.
REPORTED_BEYOND = 0.12
