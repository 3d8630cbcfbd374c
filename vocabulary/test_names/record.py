"""What the vocabulary holds of a laboratory test or examination."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from vocabulary.folding import fold_name


@dataclass(frozen=True, kw_only=True, slots=True)
class NamedTest:
    """A test, its names in eight languages, and the quantities in which it is reported.

    `key`: the record's key, the same in every language. `kinds`: kinds of quantity
    (`vocabulary.units.KINDS`), the usual one first; none for results in words. `units`: UCUM codes to
    offer. `plausible`: by UCUM code the least and the most that a patient can have; beyond it the unit is
    wrong, not the patient ill. `loinc`: common codes. Names mean this test only; they are separated by
    bars.
    """

    key: str
    label: str
    kinds: tuple[str, ...] = ()
    units: str = ""
    plausible: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    organ: str = ""
    loinc: str = ""
    en: str = ""
    de: str = ""
    fr: str = ""
    es: str = ""
    it: str = ""
    pt: str = ""
    nl: str = ""
    ja: str = ""

    @property
    def names(self) -> Iterator[str]:
        """Every name in every language, folded; the label is no name."""
        for cell in (self.en, self.de, self.fr, self.es, self.it, self.pt, self.nl, self.ja):
            yield from (fold_name(name) for name in cell.split("|") if name.strip())
