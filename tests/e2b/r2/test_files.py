"""Files of R2 as senders write them: encodings, document types, entities, and hostile ones."""

import io
import json
from time import process_time

import pytest

from e2b import E2BError, LimitError, Limits, ReadError, read, read_acknowledgement, read_stream
from e2b.cli import main
from tests.e2b.r2.reports import REPORT, acknowledgement_of, file_of, with_patient

NAME = "Exemplé"
FILE = file_of(with_patient(patientinitial=NAME))
DOCTYPE = '<!DOCTYPE ichicsr SYSTEM "http://example.org/icsr21xml.dtd">'
LATIN = '<?xml version="1.0" encoding="ISO-8859-1"?>'


def with_name(name: str) -> str:
    return FILE.replace(NAME, name)


# bytes -> what the patient is called, and words of a remark
ACCEPTED = {
    "UTF-8": (FILE.encode(), NAME, ""),
    "byte order mark": (b"\xef\xbb\xbf" + FILE.encode(), NAME, ""),
    "UTF-16": (FILE.encode("utf-16"), NAME, ""),
    "Latin-1, declared": ((LATIN + FILE).encode("latin-1"), NAME, ""),
    "Latin-1, not declared": (FILE.encode("latin-1"), NAME, "windows-1252"),
    "windows-1252 as Latin-1": ((LATIN + with_name("“A”")).encode("cp1252"), "“A”", "windows-1252"),
    "UTF-16 declared, UTF-8 sent": (f'<?xml version="1.0" encoding="UTF-16"?>{FILE}'.encode(), NAME, ""),
    "DTD of the network": (f"{LATIN}\n{DOCTYPE}\n{FILE}".encode("latin-1"), NAME, ""),
    "DTD with a comment": (f"<!-- <x> -->{DOCTYPE}<?a b?>{FILE}".encode(), NAME, ""),
    "DTD of its own without entities": (
        f"<!DOCTYPE ichicsr [<!ATTLIST a b CDATA 'c'>]>{FILE}".encode(),
        NAME,
        "",
    ),
    "blanks before the declaration": (f'\n <?xml version="1.0"?>{FILE}'.encode(), NAME, ""),
    "HTML's entities": (with_name("&eacute;&nbsp;&lt;").encode(), "é\xa0<", ""),
    "HTML's entities with a DTD": ((DOCTYPE + with_name("&eacute;x")).encode(), "éx", ""),
    "numbers of characters": (with_name("&#945;&#xE9;").encode(), "αé", ""),
    "entity of nobody": (with_name("a&nobody;b").encode(), "a&nobody;b", "&nobody;"),
    "character of no XML": (with_name("a\x0bb").encode(), "ab", "Control characters"),
    "number of no character": (with_name("a&#11;b").encode(), "ab", "&#11;"),
    "tags in capitals": (FILE.replace("patientinitial", "PATIENTINITIAL").encode(), NAME, ""),
    "root in capitals": (FILE.replace("ichicsr", "ICHICSR").encode(), NAME, ""),
    "CDATA": (with_name(f"<![CDATA[{NAME}]]>").encode(), NAME, ""),
}


@pytest.mark.parametrize(("data", "name", "words"), ACCEPTED.values(), ids=ACCEPTED)
def test_a_file_is_read_as_its_sender_meant_it(data, name, words):
    (message,) = read(data).messages
    assert message.D["D.1"] == name
    assert words in " ".join(map(str, message.violations))


REFUSED = {
    "entity": (f'<!DOCTYPE ichicsr [<!ENTITY a "b">]>{FILE}', "declares entities"),
    "parameter entity": (f"<!DOCTYPE ichicsr [%a;]>{FILE}", "declares entities"),
    "second document type": (f"{DOCTYPE}<!DOCTYPE ichicsr [<!ENTITY a 'b'>]>{FILE}", "declares entities"),
    "document type without an end": (f"<!DOCTYPE ichicsr [{FILE}", "E2B|end|begin"),
    "warning of a program": (f"Notice: x\n{FILE}", "no XML element"),
    "bare ampersand": (with_name("A & B"), "well-formed"),
    "cut off": (FILE[:-30], "well-formed"),
    "encoding": (f'<?xml version="1.0" encoding="EBCDIC-CP-US"?>{FILE}', "encoding"),
}


@pytest.mark.parametrize(("data", "words"), REFUSED.values(), ids=REFUSED)
def test_a_file_that_is_not_safe_or_not_whole_is_refused(data, words):
    with pytest.raises(ReadError, match=words):
        read(data.encode())


def test_no_dtd_is_ever_fetched(tmp_path):
    dtd = tmp_path / "icsr.dtd"
    dtd.write_text('<!ENTITY secret "read"><!ATTLIST patientinitial lang CDATA "xx">')
    data = f'<!DOCTYPE ichicsr SYSTEM "{dtd.as_uri()}">' + with_name("a&secret;")
    assert read(data.encode()).messages[0].D["D.1"] == "a&secret;"


def test_a_large_file_is_refused_and_deep_ones_are_read_in_time():
    with pytest.raises(LimitError):
        read(FILE.encode(), Limits(message_bytes=100))
    started = process_time()
    for piece in ("<patient>", "<x>", "<!-- -->", "<safetyreport/>"):
        ending = piece.replace("<", "</") * 20_000 if piece in ("<patient>", "<x>") else ""
        inside = file_of().replace("</patient>", f"</patient>{piece * 20_000}{ending}")
        assert len(read(inside.encode()).messages) >= 1
    with pytest.raises(E2BError):
        read(b"<ichicsr>" + b"<a b='c'/>" * 600_000 + b"</ichicsr>")
    assert process_time() - started < 10


def test_a_stream_that_can_not_be_rewound_is_read():
    class Pipe(io.RawIOBase):
        inner = io.BytesIO(FILE.encode() * 1)

        def readable(self):
            return True

        def readinto(self, buffer):
            return self.inner.readinto(memoryview(buffer)[:100])

    with read_stream(io.BufferedReader(Pipe())) as stream:
        assert stream.skim() == 1
        assert stream.header["N.1.2"] == "OWN-1"


@pytest.mark.parametrize(
    ("batch", "report", "outcome", "code"),
    [("01", "01", "AA", "CA"), ("2", "2", "AE", "CR"), ("03", "9", "AR", "")],
)
def test_an_acknowledgement_of_r2_is_read(batch, report, outcome, code):
    acknowledgement = read_acknowledgement(acknowledgement_of(batch, report).encode())
    (message,) = acknowledgement.messages
    assert (acknowledgement.outcome, message["ACK.B.r.6"] or "") == (outcome, code)
    assert (acknowledgement.batch["ACK.A.1"], message["ACK.B.r.1"]) == ("B-1", "DE-OWN-1")
    assert acknowledgement.batch["ACK.A.5"] is None


def test_files_of_r2_are_named_where_they_do_not_belong():
    with pytest.raises(ReadError, match="Import it with the acknowledgements"):
        read(acknowledgement_of("01", "01").encode())
    with pytest.raises(ReadError, match="Import it as a received file"):
        read_acknowledgement(FILE.encode())


def test_the_command_line_converts_validates_and_shows(tmp_path, capsys):
    file = tmp_path / "old.xml"
    file.write_text(file_of(REPORT))
    assert main(["convert", str(file), "--out", str(tmp_path / "new")]) == 0
    assert "lost: safetyreportversion" in capsys.readouterr().out
    written = tmp_path / "new" / "old.xml"
    assert read(written) == read(file)
    assert main(["convert", str(file), "--json"]) == 0
    assert {json.loads(line)["outcome"] for line in capsys.readouterr().out.splitlines()} > {"lost", "filled"}
    assert main(["convert", str(written)]) == 2
    assert main(["convert", str(file), "--out", str(tmp_path)]) == 2
    assert main(["diff", str(file), str(written)]) == 0
    assert main(["show", str(file)]) == 0
    assert "R2-LOST" in capsys.readouterr().out
    assert main(["validate", str(file)]) == 1
    acknowledgement = tmp_path / "old.ack"
    acknowledgement.write_text(acknowledgement_of("01", "01"))
    assert main(["show", str(acknowledgement)]) == 0
