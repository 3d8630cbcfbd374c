"""The bytes of an R2 file as text that can be parsed safely, beginning with its root.

Real files declare the wrong encoding, name a DTD somewhere on the network, and use HTML's entities. A
document type is cut away here: no parser sees it, nothing is fetched. One that declares an entity is refused.
"""

import codecs
import re
from html.entities import html5
from typing import Final

from e2b.errors import ReadError
from e2b.reading.source import check_encoding

_BOMS: Final = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_DECLARED: Final = re.compile(rb"""^\s*<\?xml[^>]{0,200}?encoding\s*=\s*["']([A-Za-z0-9._-]{1,40})["']""")
_C1: Final = re.compile("[\x80-\x9f]")
_NOT_XML: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_ENTITY: Final = re.compile(r"&(#x?[0-9A-Fa-f]{1,8}|[A-Za-z][A-Za-z0-9]{0,31});")
_OWN: Final = frozenset({"lt", "gt", "amp", "quot", "apos"})
_CAPITALS: Final = re.compile(r"</?[a-z]*[A-Z]")
_TAG: Final = re.compile(r"(</?)([A-Za-z][A-Za-z0-9._-]*)")


def clean(data: bytes) -> tuple[str, list[str]]:
    """The text from its root on, and in sentences what was mended in it. Raises ReadError."""
    text, mended = _decoded(data)
    text = text[_root(text) :]
    text = _without_entities(text, mended)
    if _NOT_XML.search(text):
        text = _NOT_XML.sub("", text)
        mended.append("Control characters were taken out")
    if _CAPITALS.search(text) and "<![CDATA[" not in text:
        text = _TAG.sub(lambda match: match[1] + match[2].lower(), text)
    return text, mended


def _decoded(data: bytes) -> tuple[str, list[str]]:
    bom, encoding = next(((bom, name) for bom, name in _BOMS if data.startswith(bom)), (b"", ""))
    data = data[len(bom) :]
    if not encoding and data[:2] in (b"<\x00", b"\x00<"):
        encoding = "utf-16-le" if data[:1] == b"<" else "utf-16-be"
    declared = _DECLARED.match(data[:1024])
    name = encoding or (declared[1].decode("ascii") if declared else "utf-8")
    check_encoding(name)
    try:
        text = data.decode("utf-8" if not encoding and _is_wide(name) else name)
    except UnicodeDecodeError:
        return _windows(data), [f"The bytes are no {name}; they were read as windows-1252"]
    if codecs.lookup(name).name in ("iso8859-1", "ascii") and _C1.search(text):
        return _windows(data), [f"The bytes are no {name} but windows-1252, and were read so"]
    return text, []


def _is_wide(name: str) -> bool:
    """Whether UTF-16 is declared in bytes that begin with single ones: they can't be."""
    return codecs.lookup(name).name.startswith("utf-16")


def _windows(data: bytes) -> str:
    try:
        return data.decode("cp1252")
    except UnicodeDecodeError:
        return data.decode("latin-1")


def _root(text: str) -> int:
    """Where the root begins, behind declaration, comments and document type. Raises ReadError."""
    at = 0
    while True:
        at += len(text[at:]) - len(text[at:].lstrip("\ufeff \t\r\n")) if text[at : at + 1] != "<" else 0
        if text.startswith("<?", at):
            at = _end(text, "?>", at)
        elif text.startswith("<!--", at):
            at = _end(text, "-->", at)
        elif text.startswith("<!DOCTYPE", at):
            at = _document_type(text, at)
        else:
            return at


def _end(text: str, mark: str, at: int) -> int:
    end = text.find(mark, at)
    if end < 0:
        raise ReadError("The file is not well-formed XML: its beginning has no end.")
    return end + len(mark)


def _document_type(text: str, at: int) -> int:
    """Where a document type ends. Raises ReadError where it declares an entity."""
    end, subset = _end(text, ">", at), text.find("[", at)
    if 0 <= subset < end:
        end = _end(text, ">", _end(text, "]", subset) - 1)
        if "<!ENTITY" in text[subset:end] or "%" in text[subset:end]:
            raise ReadError("Its document type declares entities, which are refused. Send it without.")
    return end


def _without_entities(text: str, mended: list[str]) -> str:
    """HTML's names as characters; a name that nobody knows as it is written, characters of no XML removed."""
    if not any(match[1] not in _OWN for match in _ENTITY.finditer(text)):
        return text
    unclear: set[str] = set()

    def character(match: re.Match[str]) -> str:
        name = match[1]
        if name in _OWN:
            return match[0]
        if name.startswith("#"):
            return _numbered(match[0], name, unclear)
        meant = html5.get(f"{name};", "")
        if not meant:
            unclear.add(match[0])
            return f"&amp;{name};"
        return meant.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")

    text = _ENTITY.sub(character, text)
    if unclear:
        mended.append(f"Entities without a meaning: {', '.join(sorted(unclear)[:20])}")
    return text


def _numbered(reference: str, name: str, unclear: set[str]) -> str:
    """A character by its number; one that XML does not allow is left out."""
    try:
        number = int(name[2:], 16) if name[1:2] in "xX" else int(name[1:])
        is_legal = number in (9, 10, 13) or (number >= 32 and not _NOT_XML.match(chr(number)))
    except (ValueError, OverflowError):
        is_legal = False
    if is_legal:
        return reference
    unclear.add(reference)
    return ""
