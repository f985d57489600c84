"""Pages travel compressed to whoever takes it, as the stylesheets do."""

import gzip


def test_a_page_is_compressed_for_who_asks(client, taught):
    plain = client.get("/courses/harbour/lessons/pier/")
    packed = client.get("/courses/harbour/lessons/pier/", headers={"accept-encoding": "gzip"})

    assert packed["Content-Encoding"] == "gzip"
    assert "Content-Encoding" not in plain
    assert len(packed.content) < len(plain.content) / 2
    assert b"</html>" in gzip.decompress(packed.content)


def test_the_padding_differs_so_that_lengths_tell_nothing(client, taught):
    lengths = {
        len(client.get("/account/login/", headers={"accept-encoding": "gzip"}).content)
        for _request in range(8)
    }

    assert len(lengths) > 1
