"""Pages are compressed; what isn't a page keeps its bytes."""

import gzip

GZIP = {"Accept-Encoding": "gzip"}


def test_a_page_is_compressed_for_who_takes_it(client, db):
    plain, compressed = client.get("/login/"), client.get("/login/", headers=GZIP)
    assert "Content-Encoding" not in plain.headers
    assert compressed["Content-Encoding"] == "gzip"
    assert "Accept-Encoding" in compressed["Vary"]
    assert b"</html>" in gzip.decompress(compressed.content)
    assert len(compressed.content) < len(plain.content)


def test_two_of_the_same_page_differ_in_length(client, db):
    """So that its length tells nothing of what is in it."""
    assert len({len(client.get("/login/", headers=GZIP).content) for _ in range(20)}) > 1


def test_answers_for_machines_are_left_as_they_are(client, db):
    assert "Content-Encoding" not in client.get("/api/v1/schema/", headers=GZIP).headers
