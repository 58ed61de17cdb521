"""JSON in every shape that tools export: whole records with their lines, broken ones named."""

import io
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dwiwarta.model import RawArticle
from dwiwarta.problems import ProblemLog
from dwiwarta.read.corrections import ExportDecisions
from dwiwarta.read.exports import read_json

RECORDS = [
    {
        "title": f"Kapal {n} Berlayar",
        "publish_date": "2022-05-17 06:30",
        "author": "Tono",
        "content": f'Kapal nomor {n} berangkat.\nAwaknya "siap" {{semua}} [malam ini], katanya.',
        "link": f"https://muara.example/{n}",
    }
    for n in range(6)
]


def read(data: str | bytes, max_bytes: int = 100_000) -> tuple[list[RawArticle], list[str]]:
    problems = ProblemLog()
    file = io.BytesIO(data if isinstance(data, bytes) else data.encode())
    articles = read_json(file, "a.json", max_bytes, ExportDecisions(), problems)
    return sorted(articles, key=lambda one: (one.ref.line, one.title)), problems.lines(100)


def dump(value: object, **how: Any) -> str:
    return json.dumps(value, ensure_ascii=False, **how)


LINES = [dump(record) for record in RECORDS]
SHAPES = {
    "lines": "\n".join(LINES),
    "an array on one line": dump(RECORDS),
    "an indented array": dump(RECORDS, indent=4),
    "with Windows' line ends": dump(RECORDS, indent=1).replace("\n", "\r\n"),
    "with old Macs' line ends": dump(RECORDS, indent=1).replace("\n", "\r"),
    "an array, a record a line": "[\n" + ",\n".join(LINES) + "\n]\n",
    "lines that end in a comma": "".join(f"{line},\n" for line in LINES),
    "a comma too many": "[" + ",".join(LINES) + ",]",
    "one after another": "".join(LINES),
    "indented, one after another": "\n".join(dump(record, indent=2) for record in RECORDS),
    "pandas, columns": dump({k: {str(n): r[k] for n, r in enumerate(RECORDS)} for k in RECORDS[0]}),
    "pandas, index": dump({str(n): record for n, record in enumerate(RECORDS)}),
    "pandas, split": dump(
        {"columns": list(RECORDS[0]), "index": [], "data": [list(r.values()) for r in RECORDS]}
    ),
    "pandas, table": dump({"schema": {"fields": [{"name": "title"}]}, "data": RECORDS}),
    "an answer of a service": dump({"status": "ok", "articles": RECORDS}, indent=2),
    "of a search engine": "\n".join(dump({"_id": "1", "_source": r}) for r in RECORDS),
    "keys with capitals": "\n".join(dump({k.title(): v for k, v in r.items()}) for r in RECORDS),
}


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_every_shape_is_read(shape: str, encoding: str) -> None:
    articles, problems = read(SHAPES[shape].encode(encoding))
    assert problems == []
    assert sorted((one.title or "", one.text, one.source_url or "") for one in articles) == [
        (record["title"], record["content"], record["link"]) for record in RECORDS
    ]


def test_records_have_the_lines_on_which_they_begin() -> None:
    articles, _ = read(SHAPES["an indented array"])
    assert [one.ref.line for one in articles] == [2 + 7 * n for n in range(6)]
    articles, _ = read(SHAPES["an array, a record a line"])
    assert [one.ref.line for one in articles] == [2, 3, 4, 5, 6, 7]


def test_an_array_on_one_line_may_be_larger_than_any_article() -> None:
    many = [{**RECORDS[0], "link": f"https://muara.example/{n}"} for n in range(3_000)]
    last = {**RECORDS[1], "link": "https://muara.example/last"}
    articles, problems = read(dump([*many, {"content": "x" * 200_000}, last]))
    assert (len(articles), problems) == (3_001, ["a.json:1: longer than 0.1 MB: skipped"])


def cut(line: str, after: str) -> str:
    return line[: line.index(after) + len(after)]


@pytest.mark.parametrize(
    ("broken", "reason"),
    [
        (cut(LINES[2], "Kapal nomor"), "broken JSON: Unterminated string"),
        (LINES[2][:-1], "broken JSON: Expecting ',' delimiter"),
        (cut(LINES[2], '"content":'), "broken JSON: "),
        (LINES[2].replace('"Tono"', "Tono"), "broken JSON: Expecting value"),
        (LINES[2].replace("Tono", 'To"no'), "broken JSON: Expecting ',' delimiter"),
        (LINES[2].replace("\\n", "\n"), "broken JSON: Unterminated string"),
        (LINES[2] + "}", "broken JSON: "),
        ("// catatan", "broken JSON: Expecting value"),
        ("42", "not a record: "),
        ('{"nama": "A", "harga": "B"}', "no text in `content`: it has 'nama', 'harga'"),
    ],
)
def test_a_broken_record_is_named_and_harms_no_other(broken: str, reason: str) -> None:
    articles, problems = read("\n".join([*LINES[:2], broken, *LINES[3:]]))
    whole = [one for one in articles if one.title != "Kapal 2 Berlayar"]
    assert [(one.title, one.text) for one in whole] == [
        (record["title"], record["content"]) for record in RECORDS if record is not RECORDS[2]
    ]
    assert len(problems) == 1
    assert problems[0].startswith(f"a.json:3: {reason}")


def test_what_stands_beside_records_in_a_list_is_told() -> None:
    articles, problems = read(dump([*RECORDS[:2], "iklan", 7, None]))
    assert [one.title for one in articles] == [record["title"] for record in RECORDS[:2]]
    assert problems == ["a.json:1: 3 of 5 in the list are no records: skipped"]


def test_a_broken_record_in_an_indented_array() -> None:
    lines = dump(RECORDS, indent=2).split("\n")
    lines[11] = lines[11].replace('"Tono",', '"Tono,')
    articles, problems = read("\n".join(lines))
    assert [one.title for one in articles] == [r["title"] for n, r in enumerate(RECORDS) if n != 1]
    (problem,) = problems
    assert problem.startswith("a.json:9: broken JSON: ")
    assert problem.endswith("of line 12")


def test_values_that_are_no_plain_text() -> None:
    record = {
        "title": "Kapal",
        "content": ["Kapal berangkat pagi.", "Awaknya siap."],
        "authors": [{"name": "Wati"}, "Tono"],
        "source": {"id": None, "name": "Muara"},
        "publish_date": {"$date": "2022-05-16T23:30:00Z"},
        "category": ["laut", "pesisir"],
        "url": False,
    }
    (article,), problems = read(dump(record))
    assert problems == []
    assert article.text == "Kapal berangkat pagi.\nAwaknya siap."
    assert (article.author, article.source_name) == ("Wati, Tono", "Muara")
    assert (article.category, article.source_url) == ("laut, pesisir", None)
    assert article.published is not None
    assert article.published.iso == "2022-05-17T06:30+07:00"


@pytest.mark.parametrize("unit", ["{", '{"a":', "[", '{"a":1,\n', '{"', "{}", '{"a":[{', "\\"])
def test_nothing_takes_long(unit: str) -> None:
    articles, problems = read(unit * 20_000)
    assert articles == []
    assert problems


@given(st.text(alphabet='{}[]",:\\\n a1tru', max_size=120))
def test_any_text_is_records_or_problems(text: str) -> None:
    articles, problems = read(f'{text}\n{{"content": "Kapal berangkat."}}')
    assert len(articles) + len(problems) >= 1


@given(st.lists(st.sampled_from(LINES), max_size=6), st.integers(1, 40))
def test_no_piece_is_too_small_to_cut_records_out_of(lines: list[str], indent: int) -> None:
    data = dump([json.loads(line) for line in lines], indent=indent) if lines else "[]"
    articles, problems = read(data, max_bytes=300)
    assert problems == []
    assert len(articles) == len(set(lines))


def test_values_in_objects_of_their_own() -> None:
    wordpress = {
        "date": "2022-05-17T06:30:00",
        "link": "https://muara.example/kapal",
        "title": {"rendered": "Kapal &#038; Awak"},
        "content": {
            "rendered": "<p>Kapal berangkat.</p>\n<p>Awaknya siap.</p>",
            "protected": False,
        },
        "excerpt": {"rendered": "<p>Kapal</p>"},
        "author": 12,
        "categories": [4, 9],
    }
    feed = {"title": {"$t": "Perahu"}, "content": {"$t": "Perahu kembali ke dermaga."}}
    found, problems = read(dump([wordpress, feed], indent=1))
    assert problems == []
    assert [one.title for one in found] == ["Kapal & Awak", "Perahu"]
    assert found[0].text == "Kapal berangkat.\n\nAwaknya siap."
    assert found[0].published is not None
    assert found[0].source_url == "https://muara.example/kapal"
    assert (found[0].author, found[0].category) == (None, None)


def test_a_record_under_the_name_of_its_text() -> None:
    inner = {"title": "Kapal", "text": "Kapal berangkat pagi."}
    (article,), problems = read(dump({"id": 3, "content": inner}))
    assert problems == []
    assert (article.title, article.text) == ("Kapal", "Kapal berangkat pagi.")


def test_a_number_without_end_is_no_name() -> None:
    (article,), problems = read('{"title": NaN, "content": "Kapal karam.", "author": -Infinity}')
    assert problems == []
    assert (article.title, article.author) == (None, None)


def test_blocks_of_an_editor_and_pieces_of_a_message() -> None:
    blocks = [
        {"type": "p", "text": "Kapal berangkat."},
        {"type": "foto"},
        {"text": "Awaknya siap."},
    ]
    pieces = [{"type": "bold", "text": "Kapal Berlayar"}, "\n\nKapal ", {"text": "berangkat"}, "."]
    articles, problems = read(
        dump([{"content": blocks}, {"text": pieces}, {"paragraphs": ["Satu kapal.", "Dua kapal."]}])
    )
    assert problems == []
    assert {one.text for one in articles} == {
        "Kapal berangkat.\nAwaknya siap.",
        "Kapal Berlayar\n\nKapal berangkat.",
        "Satu kapal.\nDua kapal.",
    }
    _, problems = read(dump({"title": "Kapal", "content": [1, {"a": "b"}]}))
    assert "no text in `content`" in problems[0]


def test_documents_of_editors() -> None:
    lines = [{"type": "text", "text": "Kapal "}, {"type": "text", "text": "berangkat."}]
    node = {"type": "paragraph", "content": lines}
    slate = [{"_type": "block", "children": lines}, {"type": "image"}]
    lexical = {"root": {"children": [{"type": "paragraph", "children": lines}]}}
    parts = {"blocks": [{"type": "paragraph", "data": {"text": "Kapal berangkat."}}]}
    for content in ({"type": "doc", "content": [node]}, slate, lexical, parts):
        (article,), problems = read(dump({"title": "Kapal", "content": content}))
        assert (article.text, problems) == ("Kapal berangkat.", [])


def test_a_spiders_markdown_with_what_it_knows_of_the_page() -> None:
    page = {
        "markdown": "# Kapal Berlayar\n\n**Kapal** [berangkat](/x) pagi.\n\n![foto](a.png)",
        "metadata": {
            "title": "Kapal Berlayar - Muara",
            "sourceURL": "https://muara.example/1",
            "publishedTime": "2022-05-16T23:30:00Z",
        },
    }
    (article,), problems = read(dump({"success": True, "status": "completed", "data": [page]}))
    assert problems == []
    assert article.text == "Kapal Berlayar\n\nKapal berangkat pagi."
    assert (article.title, article.source_url) == ("Kapal Berlayar", "https://muara.example/1")
    assert article.published is not None
    assert article.published.iso == "2022-05-17T06:30+07:00"
    assert [one.text for one in article.left_out] == ["foto"]


@pytest.mark.parametrize(
    ("more", "reason"),
    [
        ({"status": "draft"}, "not published there (draft): 'Kapal 0 Berlayar': skipped"),
        ({"post_status": "inherit"}, "not published there (inherit)"),
        ({"content": "Kapal nomor 0 … [+1234 chars]"}, "only the beginning of the text is here"),
    ],
)
def test_records_that_nobody_was_to_read_so(more: dict[str, str], reason: str) -> None:
    articles, (problem,) = read("\n".join([dump(RECORDS[0] | more), LINES[1]]))
    assert [one.title for one in articles] == ["Kapal 1 Berlayar"]
    assert reason in problem


def test_a_state_that_says_something_else_is_no_reason() -> None:
    articles, problems = read(dump(RECORDS[0] | {"status": "publish"}) + dump(RECORDS[1]))
    assert (len(articles), problems) == (2, [])
