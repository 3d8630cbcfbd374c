"""Languages by their two letters (ISO 639-1), which R2 has, and their three (ISO 639-2/T), which R3 has."""

from typing import Final

_PAIRS: Final = (
    "af:afr am:amh ar:ara az:aze be:bel bg:bul bn:ben bs:bos ca:cat cs:ces cy:cym da:dan de:deu el:ell "
    "en:eng es:spa et:est eu:eus fa:fas fi:fin fr:fra ga:gle gl:glg gu:guj ha:hau he:heb hi:hin hr:hrv "
    "hu:hun hy:hye id:ind ig:ibo is:isl it:ita ja:jpn ka:kat kk:kaz km:khm kn:kan ko:kor ku:kur ky:kir "
    "la:lat lb:ltz lo:lao lt:lit lv:lav mg:mlg mk:mkd ml:mal mn:mon mr:mar ms:msa mt:mlt my:mya nb:nob "
    "ne:nep nl:nld nn:nno no:nor pa:pan pl:pol ps:pus pt:por ro:ron ru:rus rw:kin si:sin sk:slk sl:slv "
    "sn:sna so:som sq:sqi sr:srp st:sot sv:swe sw:swa ta:tam te:tel tg:tgk th:tha ti:tir tk:tuk tl:tgl "
    "tr:tur tt:tat uk:ukr ur:urd uz:uzb vi:vie wo:wol xh:xho yi:yid yo:yor zh:zho zu:zul"
)
LANGUAGES: Final[dict[str, str]] = dict(pair.split(":") for pair in _PAIRS.split())


def three_letters(tag: str) -> str:
    """The three letters of a language tag such as "fr", "FRA" or "pt-BR"; "" where it is none of these."""
    primary = tag.strip().lower().partition("-")[0]
    return primary if primary in LANGUAGES.values() else LANGUAGES.get(primary, "")
