from hypothesis import given
from hypothesis import strategies as st

from onrecord import Article
from onrecord.intake.folders import expand
from onrecord.intake.normalise import normalised, normalised_text


@given(text=st.text())
def test_normalising_twice_is_normalising_once(text):
    once = normalised_text(text)
    assert normalised_text(once) == once


def test_zero_width_characters_and_writing_directions_stay():
    assert normalised_text("Ky\u200biv \u202edenied\u202c") == "Ky\u200biv \u202edenied\u202c"


def test_an_id_from_the_hash_follows_the_text_and_a_given_one_stays():
    made, given_one = Article("It is.\r\n"), Article("It is.\r\n", id="7")
    assert normalised(made).id == normalised(made).sha256[:16]
    assert normalised(given_one).id == "7"


def test_folders_and_patterns_become_files_and_the_rest_stays(tmp_path):
    for name in ("b.txt", "a.html", "c.png", ".d.txt"):
        (tmp_path / name).touch()
    files = [str(tmp_path / "a.html"), str(tmp_path / "b.txt")]
    assert list(expand([str(tmp_path)])) == files
    assert list(expand([str(tmp_path / "*.txt")])) == files[1:]
    others = ["-", "https://example.org/?q=[a]*", str(tmp_path / "none*.txt"), "none.txt"]
    assert list(expand(others)) == others
