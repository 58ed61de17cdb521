"""The page of an article stays where it is, and what it was called before leads there."""

import shutil
from pathlib import Path

import lxml.html
import polib
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dwiwarta.cache import CACHE_NAME, Cache
from dwiwarta.commands.review import _counts
from dwiwarta.model import Segment, SourceRef, Tags, TranslatedText
from dwiwarta.pipeline import build
from dwiwarta.pipeline.stages import TABLES
from dwiwarta.pipeline.whole import make_entries, page_addresses, read_stories
from dwiwarta.problems import ProblemLog
from dwiwarta.settings import Project, Settings
from dwiwarta.slugs import NOT_KEPT, KeptAddress, Wish, settle
from dwiwarta.translate import open_memory
from dwiwarta.translate.memory.address import keep_in, kept_in

TEXT = """{title}

Rabu, {day:02d} Mei 2024 - 10:20 WIB

Pemerintah kota membuka perpustakaan keliling baru untuk anak-anak di tepi pantai timur.

Wali kota mengatakan perpustakaan itu membawa lima ratus buku cerita dan peta dunia lama.
"""
OTHER = """Panen Garam Dimulai

Kamis, 09 Mei 2024 - 08:00 WIB

Para petani garam di pesisir selatan mulai memanen lebih awal karena cuaca sangat kering.

Harga garam naik dua kali lipat sejak bulan lalu, kata seorang pedagang di pasar lama.
"""
FIRST = "2024-05-08-perpustakaan-keliling-dibuka"
SITE = "https://warta.example/"


def project(root: Path) -> Project:
    settings = Settings.model_validate({"site": {"index_by_search_engines": True}})
    return Project(root=root, settings=settings, site_name="Warta", site_url=SITE, edit_base=None)


def write(root: Path, title: str = "Perpustakaan Keliling Dibuka", day: int = 8) -> Path:
    path = root / "articles" / "a.txt"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(TEXT.format(title=title, day=day), "utf-8")
    return path


def made(root: Path) -> list[str]:
    """Build; what there is to say."""
    problems = ProblemLog()
    build(project(root), problems, lambda _: None, engines=(), with_site=False)
    return problems.lines()


def pages(root: Path) -> dict[str, str]:
    """By their folder: "page", or the address that a redirect leads to."""
    found = {}
    for file in (root / "docs" / "article").rglob("index.*"):
        slug = file.parent.name
        assert slug not in found, "a page and a redirect at one address"
        found[slug] = "page"
        if file.suffix == ".html":
            html = lxml.html.fromstring(file.read_text("utf-8"))
            (link,) = html.xpath("//a/@href")
            (refresh,) = html.xpath("//meta[@http-equiv='refresh']/@content")
            (canonical,) = html.xpath("//link[@rel='canonical']/@href")
            assert refresh == f"0; url={link}"
            assert canonical == SITE + link.removeprefix("../../")
            assert not html.xpath("//script")
            found[slug] = link.removeprefix("../../article/").rstrip("/")
    return found


def memory(root: Path) -> Path:
    return root / "articles" / "a.txt.po"


def test_a_corrected_title_and_date_leave_the_page_where_it_is(tmp_path: Path) -> None:
    write(tmp_path)
    assert made(tmp_path) == []
    assert pages(tmp_path) == {FIRST: "page"}
    write(tmp_path, "Perpustakaan Terapung Dibuka", 9)
    made(tmp_path)
    assert pages(tmp_path) == {FIRST: "page"}
    page = (tmp_path / "docs" / "article" / FIRST / "index.md").read_text("utf-8")
    assert "Perpustakaan Terapung Dibuka" in page
    assert 'datetime="2024-05-09T10:20+07:00"' in page
    (tmp_path / "articles" / "a.txt.yml").write_text("date: 2024-05-10\ntitle: Judul\n", "utf-8")
    made(tmp_path)
    assert pages(tmp_path) == {FIRST: "page"}


def test_a_corrected_date_does_not_touch_the_memory(tmp_path: Path) -> None:
    write(tmp_path)
    made(tmp_path)
    before = memory(tmp_path).read_bytes()
    write(tmp_path, day=9)
    made(tmp_path)
    assert memory(tmp_path).read_bytes() == before


def test_another_address_leaves_a_redirect_that_stays(tmp_path: Path) -> None:
    write(tmp_path)
    made(tmp_path)
    before = memory(tmp_path).read_text("utf-8").splitlines()
    sidecar = tmp_path / "articles" / "a.txt.yml"
    sidecar.write_text("slug: Perpustakaan\n", "utf-8")
    assert made(tmp_path) == []
    once = {FIRST: "perpustakaan", "perpustakaan": "page"}
    assert pages(tmp_path) == once
    after = memory(tmp_path).read_text("utf-8").splitlines()
    assert [line for line in after if line not in before] == [
        '"X-Dwiwarta-Address: perpustakaan\\n"',
        f'"X-Dwiwarta-Former-Addresses: {FIRST}\\n"',
    ]
    assert len(after) == len(before) + 1
    sidecar.write_text("slug: perpustakaan-keliling\n", "utf-8")
    made(tmp_path)
    sidecar.unlink()
    write(tmp_path, "Perpustakaan Terapung")
    made(tmp_path)
    last = {FIRST: "perpustakaan-keliling", "perpustakaan": "perpustakaan-keliling"}
    assert pages(tmp_path) == {**last, "perpustakaan-keliling": "page"}
    clone = tmp_path / "clone"
    clone.mkdir()
    (tmp_path / "articles").rename(clone / "articles")
    files = {path: path.read_bytes() for path in (clone / "articles").iterdir()}
    made(clone)
    assert pages(clone) == {**last, "perpustakaan-keliling": "page"}
    assert {path: path.read_bytes() for path in (clone / "articles").iterdir()} == files
    sitemap = (clone / "docs" / "sitemap.xml").read_text("utf-8")
    assert "article/perpustakaan-keliling/" in sitemap
    assert FIRST not in sitemap
    lists = [*(clone / "docs" / "archive").rglob("*.md"), *(clone / "docs" / "search").rglob("*")]
    assert not any(FIRST.encode() in file.read_bytes() for file in lists if file.is_file())


def test_a_new_article_with_its_own_address_was_nowhere_before(tmp_path: Path) -> None:
    path = write(tmp_path)
    path.with_name("a.txt.yml").write_text("slug: perpustakaan\n", "utf-8")
    made(tmp_path)
    assert pages(tmp_path) == {"perpustakaan": "page"}
    made(tmp_path)
    assert pages(tmp_path) == {"perpustakaan": "page"}


def test_back_to_an_earlier_address(tmp_path: Path) -> None:
    write(tmp_path)
    made(tmp_path)
    sidecar = tmp_path / "articles" / "a.txt.yml"
    for slug in ("satu", FIRST):
        sidecar.write_text(f"slug: {slug}\n", "utf-8")
        made(tmp_path)
    assert pages(tmp_path) == {FIRST: "page", "satu": FIRST}


def test_an_address_that_another_article_has_is_told(tmp_path: Path) -> None:
    write(tmp_path)
    (tmp_path / "articles" / "b.txt").write_text(OTHER, "utf-8")
    made(tmp_path)
    (tmp_path / "articles" / "b.txt.yml").write_text(f"# nanti\nslug: {FIRST}\n", "utf-8")
    said = f"articles/b.txt.yml:2: slug: '{FIRST}' is the address of a.txt; ignored"
    assert made(tmp_path) == [said]
    assert pages(tmp_path) == {FIRST: "page", "2024-05-09-panen-garam-dimulai": "page"}


def test_a_new_article_gets_no_address_that_leads_elsewhere(tmp_path: Path) -> None:
    write(tmp_path)
    made(tmp_path)
    (tmp_path / "articles" / "a.txt.yml").write_text("slug: baru\n", "utf-8")
    made(tmp_path)
    text = OTHER.replace("Panen Garam Dimulai", "Perpustakaan Keliling Dibuka")
    (tmp_path / "articles" / "b.txt").write_text(text.replace("Kamis, 09", "Rabu, 08"), "utf-8")
    made(tmp_path)
    found = pages(tmp_path)
    assert found.pop(FIRST) == "baru"
    assert found.pop("baru") == "page"
    ((slug, kind),) = found.items()
    assert (slug[:-8], kind) == (f"{FIRST}-", "page")


def test_a_memory_of_an_earlier_version_is_left_alone_until_somebody_works(tmp_path: Path) -> None:
    write(tmp_path)
    made(tmp_path)
    data = as_earlier_versions(memory(tmp_path))
    made(tmp_path)
    assert memory(tmp_path).read_bytes() == data
    write(tmp_path, "Perpustakaan Terapung Dibuka")  # the title in the memory tells the address
    made(tmp_path)
    assert pages(tmp_path) == {FIRST: "page"}
    assert f'"X-Dwiwarta-Address: {FIRST}\\n"' in memory(tmp_path).read_text("utf-8")
    made(tmp_path)
    assert pages(tmp_path) == {FIRST: "page"}


def as_earlier_versions(path: Path) -> bytes:
    """Take the address out of a memory file; what is left of it."""
    old = [row for row in path.read_text("utf-8").splitlines() if "X-Dwi" not in row]
    path.write_text("\n".join(old) + "\n", "utf-8")
    return path.read_bytes()


def clone(root: Path, name: str) -> Path:
    """Articles and memory alone, as git has them."""
    made = root / name
    shutil.copytree(root / "articles", made / "articles")
    return made


def test_a_memory_of_an_earlier_version_gets_its_address_when_the_page_would_move(
    tmp_path: Path,
) -> None:
    write(tmp_path)
    (tmp_path / "articles" / "b.txt").write_text(OTHER, "utf-8")
    made(tmp_path)
    before = as_earlier_versions(memory(tmp_path))
    other = as_earlier_versions(tmp_path / "articles" / "b.txt.po")
    made(tmp_path)
    made(tmp_path)
    assert memory(tmp_path).read_bytes() == before  # nothing has moved it
    write(tmp_path, day=9)
    made(tmp_path)
    beside = "2024-05-09-panen-garam-dimulai"
    assert pages(tmp_path) == {FIRST: "page", beside: "page"}
    after = memory(tmp_path).read_text("utf-8")
    assert after.replace(f'"X-Dwiwarta-Address: {FIRST}\\n"\n', "").encode() == before
    assert (tmp_path / "articles" / "b.txt.po").read_bytes() == other
    elsewhere = clone(tmp_path, "clone")
    made(elsewhere)
    assert pages(elsewhere) == pages(tmp_path)
    write(tmp_path, "Perpustakaan Terapung", day=10)
    made(tmp_path)
    assert pages(tmp_path) == {FIRST: "page", beside: "page"}


def test_a_new_article_of_the_same_name_moves_no_page(tmp_path: Path) -> None:
    write(tmp_path)
    made(tmp_path)
    as_earlier_versions(memory(tmp_path))
    made(tmp_path)
    text = OTHER.replace("Panen Garam Dimulai", "Perpustakaan Keliling Dibuka")
    (tmp_path / "articles" / "b.txt").write_text(text.replace("Kamis, 09", "Rabu, 08"), "utf-8")
    made(tmp_path)
    found = pages(tmp_path)
    assert found.pop(FIRST) == "page"
    assert [slug[:-8] for slug in found] == [f"{FIRST}-"]
    elsewhere = clone(tmp_path, "clone")
    made(elsewhere)
    assert pages(elsewhere) == pages(tmp_path)


def test_names_that_were_alike_stay_when_one_of_them_is_corrected(tmp_path: Path) -> None:
    write(tmp_path)
    text = OTHER.replace("Panen Garam Dimulai", "Perpustakaan Keliling Dibuka")
    (tmp_path / "articles" / "b.txt").write_text(text.replace("Kamis, 09", "Rabu, 08"), "utf-8")
    made(tmp_path)
    before = pages(tmp_path)
    assert len(before) == 2
    for path in (tmp_path / "articles").glob("*.po"):
        as_earlier_versions(path)
    made(tmp_path)
    write(tmp_path, "Perpustakaan Terapung Dibuka")
    made(tmp_path)
    assert pages(tmp_path) == before
    elsewhere = clone(tmp_path, "clone")
    made(elsewhere)
    assert pages(elsewhere) == before


def test_a_page_that_goes_into_another_leads_there_in_every_clone(tmp_path: Path) -> None:
    write(tmp_path)
    (tmp_path / "articles" / "b.txt").write_text(OTHER, "utf-8")
    made(tmp_path)
    for path in (tmp_path / "articles").glob("*.po"):
        as_earlier_versions(path)
    made(tmp_path)
    (tmp_path / "articles" / "a.txt.yml").write_text("same_as: b.txt\n", "utf-8")
    made(tmp_path)
    found = pages(tmp_path)
    assert sorted(found) == [FIRST, "2024-05-09-panen-garam-dimulai"]
    assert max(found.values()) == "page"
    elsewhere = clone(tmp_path, "clone")
    made(elsewhere)
    assert pages(elsewhere) == found


def test_renamed_and_corrected_at_once(tmp_path: Path) -> None:
    path = write(tmp_path)
    made(tmp_path)
    as_earlier_versions(memory(tmp_path))
    made(tmp_path)
    path.unlink()
    write(tmp_path, day=11).rename(path.with_name("rapat.txt"))
    made(tmp_path)
    assert pages(tmp_path) == {FIRST: "page"}


@pytest.mark.parametrize("data", [b"{", b"[]", b'{"a.txt.po": "../../x"}', b'{"a.txt.po": 3}'])
def test_what_the_last_build_noted_is_not_trusted(tmp_path: Path, data: bytes) -> None:
    write(tmp_path)
    made(tmp_path)
    before = as_earlier_versions(memory(tmp_path))
    with Cache(tmp_path / ".cache" / CACHE_NAME, TABLES) as cache:
        cache.put("address", {"last build": ("1", data)})
        cache.save()
    made(tmp_path)
    assert pages(tmp_path) == {FIRST: "page"}
    assert memory(tmp_path).read_bytes() == before


def test_a_longer_copy_takes_over_the_page_where_it_is(tmp_path: Path) -> None:
    path = write(tmp_path)
    made(tmp_path)
    longer = path.read_text("utf-8") + "\nPerpustakaan itu buka setiap hari kecuali hari Minggu.\n"
    longer = longer.replace("Perpustakaan Keliling Dibuka", "Perpustakaan Baru Dibuka Hari Ini")
    (tmp_path / "articles" / "b.txt").write_text(longer, "utf-8")
    (tmp_path / "articles" / "b.txt.yml").write_text("same_as: a.txt\n", "utf-8")
    made(tmp_path)
    assert pages(tmp_path) == {FIRST: "page"}
    page = (tmp_path / "docs" / "article" / FIRST / "index.md").read_text("utf-8")
    assert "Perpustakaan Baru Dibuka Hari Ini" in page
    assert kept_in(polib.pofile(str(tmp_path / "articles" / "b.txt.po"))).current == FIRST


def test_a_renamed_file_takes_its_address_along(tmp_path: Path) -> None:
    path = write(tmp_path)
    path.with_name("a.txt.yml").write_text("slug: perpustakaan\n", "utf-8")
    made(tmp_path)
    path.with_name("a.txt.yml").unlink()
    path.rename(path.with_name("rapat.txt"))
    assert any("taken over from a.txt.po" in line for line in made(tmp_path))
    assert pages(tmp_path) == {"perpustakaan": "page"}
    made(tmp_path)
    assert pages(tmp_path) == {"perpustakaan": "page"}


def test_where_two_pages_become_one_the_other_address_leads_to_it(tmp_path: Path) -> None:
    write(tmp_path)
    (tmp_path / "articles" / "b.txt").write_text(OTHER, "utf-8")
    made(tmp_path)
    (tmp_path / "articles" / "a.txt.yml").write_text("same_as: b.txt\n", "utf-8")
    made(tmp_path)
    found = pages(tmp_path)
    assert min(found.values(), key=len) == "page"
    ((old, new),) = ((old, new) for old, new in found.items() if new != "page")
    assert {old, new} == {FIRST, "2024-05-09-panen-garam-dimulai"}
    (tmp_path / "articles" / "a.txt.yml").unlink()
    made(tmp_path)
    assert pages(tmp_path) == {FIRST: "page", "2024-05-09-panen-garam-dimulai": "page"}


@pytest.mark.parametrize("value", ["../../x", "A b", "index", "a" * 300, "<b>", "a--b", "-a", ""])
def test_what_a_memory_says_is_not_trusted(value: str) -> None:
    file = polib.POFile()
    file.metadata = {"X-Dwiwarta-Address": value, "X-Dwiwarta-Former-Addresses": f"{value} baik"}
    found = kept_in(file)
    assert found.current == ""
    assert set(found.former) <= {"baik", "b", "a"}


def test_nothing_known_of_an_address_changes_nothing() -> None:
    file = polib.POFile()
    file.metadata = {"X-Dwiwarta-Address": "satu"}
    assert not keep_in(file, NOT_KEPT)
    assert not keep_in(file, KeptAddress("satu"))
    assert keep_in(file, KeptAddress("dua", ("satu",)))
    assert kept_in(file) == KeptAddress("dua", ("satu",))


SLUG = st.sampled_from(["", "a", "b", "c"])
KEPT = st.builds(KeptAddress, SLUG, st.lists(SLUG.filter(bool), max_size=2).map(tuple))
WISH = st.builds(Wish, SLUG, KEPT, SLUG, st.lists(KEPT, max_size=2).map(tuple))


@given(st.dictionaries(st.sampled_from("uvwxyz"), WISH))
def test_no_two_pages_share_an_address(wanted: dict[str, Wish]) -> None:
    wishes = {SourceRef(f"{name}.txt"): wish for name, wish in wanted.items()}
    found = settle(wishes)
    assert found.slugs.keys() == wishes.keys()
    assert len(set(found.slugs.values())) == len(wishes)
    assert all(found.slugs.values())
    assert not set(found.moved) & set(found.slugs.values())
    for ref, wish in wishes.items():
        assert wish.claim in ("", found.slugs[ref]) or ref in found.refused
        for old in wish.former:
            assert old in found.moved or old in found.slugs.values()
    backwards = settle(dict(reversed(wishes.items())))
    assert backwards == found


def test_reads_count_at_the_address_of_now_and_at_earlier_ones(tmp_path: Path) -> None:
    path = write(tmp_path)
    made(tmp_path)
    path.with_name("a.txt.yml").write_text("slug: perpustakaan\n", "utf-8")
    made(tmp_path)
    reads = tmp_path / "reads.csv"
    reads.write_text(f"/article/{FIRST}/,3\n/article/perpustakaan/,4\n", "utf-8")
    problems = ProblemLog()
    stories = read_stories(project(tmp_path), problems)
    folders = tmp_path / "articles", tmp_path / ".cache"
    with open_memory(*folders, problems, read_only=True) as opened:
        assert _counts(stories, reads, opened) == {SourceRef("a.txt"): 7}


def test_a_corrected_article_is_found_where_its_memory_keeps_it(tmp_path: Path) -> None:
    write(tmp_path)
    (tmp_path / "articles" / "b.txt").write_text(OTHER, "utf-8")
    made(tmp_path)
    write(tmp_path, "Perpustakaan Terapung Dibuka", 10)
    (tmp_path / "articles" / "c.txt").write_text(  # a copy whose page went into that of b.txt
        OTHER.replace("Panen Garam Dimulai", "Garam Dipanen"), "utf-8"
    )
    (tmp_path / "articles" / "c.txt.yml").write_text("not_same_as: b.txt\n", "utf-8")
    made(tmp_path)
    (tmp_path / "articles" / "c.txt.yml").write_text("same_as: b.txt\n", "utf-8")
    made(tmp_path)
    reads = tmp_path / "reads.txt"
    reads.write_text(f"{FIRST} 5\n2024-05-09-garam-dipanen 2\n2024-05-10-x 9\n", "utf-8")
    reads.write_text(reads.read_text("utf-8") + "2024-05-09-panen-garam-dimulai 1\n", "utf-8")
    problems, ours = ProblemLog(), project(tmp_path)
    stories = read_stories(ours, problems)
    with open_memory(ours.articles_dir, ours.cache_dir, problems, read_only=True) as opened:
        found = _counts(stories, reads, opened)
        slugs = page_addresses(stories, opened).slugs
    assert found is not None
    assert found[SourceRef("a.txt")] == 5
    assert sorted(found.values()) == [3, 5]
    assert dict.fromkeys(slugs.values(), "page").items() <= pages(tmp_path).items()
    texts = [TranslatedText(Segment(story.article.title), ()) for story in stories]
    entries = make_entries(ours, stories, texts, [Tags()] * len(stories), slugs)
    assert FIRST in [entry.slug for entry in entries]
