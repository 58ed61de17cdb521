"""Entries made by hand: what render and the site are tested with, apart from the pipeline.

``entry()`` gives a small complete article; every part can be replaced. ``sample_entries()`` is a
little newspaper that shows each thing a page can show. All texts are our own.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta, timezone
from pathlib import Path

from dwiwarta.model import (
    Article,
    BodyTag,
    CountryTag,
    DateOrigin,
    Entry,
    Evidence,
    Published,
    Rejection,
    Removal,
    RemovalKind,
    Segment,
    SourceRef,
    State,
    Story,
    Tags,
    TitleOrigin,
    TopicTag,
    TranslatedText,
    Translation,
)
from dwiwarta.sentences import split_sentences
from dwiwarta.settings import Project, Settings, SiteSettings

WIB = timezone(timedelta(hours=7))
WITA = timezone(timedelta(hours=8))
MADE = date(2026, 3, 2)
MORNING = datetime(2026, 2, 3, 9, 30, tzinfo=WIB)
NO_TAGS = Tags()


def project(
    root: Path = Path("/nowhere"), *, page_size: int = 20, indexed: bool = False
) -> Project:
    """A project that is nowhere on disk, for what only needs its settings."""
    site = SiteSettings(page_size=page_size, index_by_search_engines=indexed)
    return Project(
        root=root,
        settings=Settings(site=site),
        site_name="Dwiwarta",
        site_url="https://dwiwarta.example/",
        edit_base="https://code.dwiwarta.example/dwiwarta/edit/main/",
    )


def segment(
    source: str,
    english: str | None = None,
    state: State = State.MACHINE,
    engine: str = "firefox 1.0",
    made: date | None = MADE,
) -> Segment:
    """A segment; its sentences are paired where their numbers agree, as translate does."""
    if english is None:
        return Segment(source)
    # The segmenter refuses lone surrogates, which tests put into texts.
    left, right = (
        split_sentences(text.encode(errors="ignore").decode(), language)
        for text, language in ((source, "id"), (english, "en"))
    )
    pairs = tuple(zip(left, right, strict=True)) if len(left) == len(right) else ()
    return Segment(source, Translation(english, state, engine, made), pairs)


def entry(
    slug: str = "2026-02-03-contoh",
    title: tuple[str, str | None] = ("Berita contoh", "A sample item"),
    paragraphs: Sequence[tuple[str, str | None]] = (("Ini paragraf.", "This is a paragraph."),),
    *,
    when: datetime | date | None = MORNING,
    origin: DateOrigin = DateOrigin.METADATA,
    tags: Tags = NO_TAGS,
    state: State = State.MACHINE,
    engine: str = "firefox 1.0",
    related: Sequence[str] = (),
    copies: Sequence[Article] = (),
    **article: object,
) -> Entry:
    """An entry; further keywords replace fields of its ``Article``."""
    ref = SourceRef(f"{slug}.txt")
    made = Article(
        ref=ref,
        title=title[0],
        title_origin=TitleOrigin.FIRST_LINE,
        paragraphs=tuple(source for source, _ in paragraphs),
        published=Published(when, origin) if when else None,
    )
    return Entry(
        slug=slug,
        story=Story(replace(made, **article), tuple(copies)),  # type: ignore[arg-type]
        text=TranslatedText(
            title=segment(*title, state=state, engine=engine),
            paragraphs=tuple(
                segment(source, english, state=state, engine=engine)
                for source, english in paragraphs
            ),
        ),
        tags=tags,
        memory_path=f"articles/{slug}.txt.po",
        related=tuple(related),
    )


def countries(about: str = "", mentioned: str = "") -> tuple[CountryTag, ...]:
    """Country tags from codes with spaces between them."""
    first = tuple(
        CountryTag(code, True, 5.0, (Evidence(f"nama {code}", 3, 3.0, "body"),))
        for code in about.split()
    )
    second = tuple(
        CountryTag(code, False, 1.0, (Evidence(f"nama {code}", 1, 1.0, "body"),))
        for code in mentioned.split()
    )
    return first + second


def topics(*ids: str) -> tuple[TopicTag, ...]:
    """Topic tags from the digits of their ids."""
    return tuple(
        TopicTag(f"medtop:{one}", 3.0, (Evidence("kata kunci", 2, 2.0, "lead"),)) for one in ids
    )


POLITICS, CONFLICT, DISASTER, ECONOMY = "11000000", "16000000", "03000000", "04000000"
SCIENCE, SPORT, HEALTH, WEATHER = "13000000", "15000000", "07000000", "17000000"


def sample_entries() -> tuple[Entry, ...]:
    """Eight articles of our own over four days, as their memory holds them."""
    made = (_harbour(), _harbour_again(), _copied(), _checked(), _mixed(), _waiting(), *_plain())
    return tuple(map(in_memory, made))


def in_memory(one: Entry) -> Entry:
    """With the lines of its texts, which stand in the memory from line 20 on."""
    lines = iter(range(20, 10_000, 4))
    title, *paragraphs = (
        replace(part, line=next(lines)) if part.translatable else part for part in one.text.segments
    )
    return replace(one, text=TranslatedText(title, tuple(paragraphs)))


def _harbour() -> Entry:
    return entry(
        "2026-03-01-pelabuhan-baru-di-makassar",
        (
            "Pelabuhan Baru di Makassar Mulai Melayani Kapal dari Jepang dan Australia",
            "New Port in Makassar Begins Serving Ships from Japan and Australia",
        ),
        (
            (
                "Pelabuhan peti kemas baru di Makassar mulai melayani kapal asing pada hari "
                "Minggu. Kapal pertama datang dari Jepang dengan muatan suku cadang mesin.",
                "A new container port in Makassar began serving foreign ships on Sunday. "
                "The first ship came from Japan with a load of machine parts.",
            ),
            (
                "Menurut kepala pelabuhan, dermaga sepanjang 320 meter itu dapat menampung dua "
                "kapal besar sekaligus. Ia berharap waktu tunggu turun dari tiga hari menjadi "
                "satu hari.",
                "According to the head of the port, the 320-metre quay can hold two large ships at "
                "once. He hopes that the waiting time will fall from three days to one.",
            ),
            (
                "“Kami sudah menunggu ini selama lima tahun,” katanya. Australia menyusul pekan "
                "depan dengan kapal pengangkut gandum, dan pelayaran ke Papua Nugini dibuka pada "
                "bulan April.",
                "“We have waited for this for five years,” he said. Australia follows next week "
                "with a grain carrier, and the route to Papua New Guinea opens in April.",
            ),
            (
                "Para nelayan di pesisir meminta jalur aman bagi perahu kecil.",
                "Fishermen along the coast ask for a safe lane. Their boats are small.",
            ),
        ),
        when=datetime(2026, 3, 1, 15, 4, tzinfo=WITA),
        origin=DateOrigin.DATE_LINE,
        tags=Tags(
            countries=countries("ID JP AU", "PG"),
            bodies=(BodyTag("ASEAN", 2.0, (Evidence("ASEAN", 2, 2.0, "body"),)),),
            topics=topics(ECONOMY, POLITICS),
        ),
        engine="firefox 1.0",
        related=("2026-03-01-kapal-jepang-bersandar",),
        dateline="Makassar",
        byline="Sri Rahayu",
        initials="sri/ita",
        source_name="Kabar Pesisir",
        source_url="https://kabar-pesisir.example/2026/03/01/pelabuhan",
        removed=(
            Removal("Baca Juga", RemovalKind.BOILERPLATE, "boilerplate: general/read-also"),
            Removal("Ulangan", RemovalKind.REPEAT, "repeat: paragraph 1"),
            Removal("Ulangan", RemovalKind.REPEAT, "repeat: paragraph 2"),
            Removal("(sri/ita)", RemovalKind.FIELD, "initials"),
        ),
    )


def _harbour_again() -> Entry:
    return entry(
        "2026-03-01-kapal-jepang-bersandar",
        ("Kapal Jepang Bersandar di Makassar", "Japanese Ship Docks in Makassar"),
        (
            (
                "Sebuah kapal dari Jepang bersandar di dermaga baru Makassar.",
                "A ship from Japan has docked at the new quay in Makassar.",
            ),
        ),
        when=date(2026, 3, 1),
        origin=DateOrigin.SLUG,
        tags=Tags(countries=countries("JP", "ID"), topics=topics(ECONOMY)),
        engine="google",
        related=("2026-03-01-pelabuhan-baru-di-makassar",),
        source_name="Warta Timur",
        source_url="https://warta-timur.example/kapal",
    )


def _copied() -> Entry:
    copy = entry(
        "2026-02-27-salinan",
        when=datetime(2026, 2, 27, 8, 0, tzinfo=WIB),
        source_name="Harian Sungai",
        source_url="https://harian-sungai.example/banjir",
    ).article
    return entry(
        "2026-02-27-banjir-di-tepi-mekong",
        (
            "Banjir di Tepi Mekong, Ribuan Warga Laos dan Thailand Mengungsi",
            "Floods along the Mekong, Thousands in Laos and Thailand Evacuated",
        ),
        (
            (
                "Hujan lebat selama empat hari membuat Sungai Mekong meluap.",
                "Four days of heavy rain made the Mekong burst its banks.",
            ),
            (
                "Palang merah membuka dapur umum di tiga kota.",
                "The Red Cross opened public kitchens in three towns.",
            ),
        ),
        when=datetime(2026, 2, 27, 9, 15, tzinfo=WIB),
        tags=Tags(countries=countries("LA TH", "VN KH"), topics=topics(DISASTER, WEATHER)),
        source_name="Kabar Pesisir",
        source_url="https://kabar-pesisir.example/mekong",
        copies=(copy,),
    )


def _checked() -> Entry:
    return entry(
        "2026-02-27-satelit-cuaca",
        (
            "India dan Brasil Luncurkan Satelit Cuaca Bersama",
            "India and Brazil Launch a Joint Weather Satellite",
        ),
        (
            (
                "Satelit itu diluncurkan dari pantai timur India. Datanya dibagikan tanpa biaya.",
                "The satellite was launched from the east coast of India. Its data are shared free "
                "of charge.",
            ),
        ),
        when=datetime(2026, 2, 27, 6, 0, tzinfo=WIB),
        tags=Tags(countries=countries("IN BR"), topics=topics(SCIENCE)),
        state=State.APPROVED,
        engine="Dewi Lestari",
        sample=True,
    )


def _mixed() -> Entry:
    """Every state that a paragraph can be in."""
    base = entry(
        "2026-02-26-vaksin-baru",
        ("Mesir Uji Vaksin Baru", "Egypt Tests a New Vaccine"),
        when=date(2026, 2, 26),
        tags=Tags(countries=countries("EG", "SA"), topics=topics(HEALTH)),
        source_name="Kabar Pesisir",
    )
    parts = (
        segment(
            "Kairo mulai menguji vaksin pada 300 relawan.",
            "Cairo has begun to test the vaccine on 300 volunteers.",
            State.EDITED,
            "Dewi Lestari",
        ),
        segment("Hasilnya diharapkan tahun depan.", "Results are expected next year."),
        segment(
            "Arab Saudi ikut membiayai penelitian.",
            "Saudi Arabia pay the research too.",
            State.DRAFT,
            "firefox 0.9",
        ),
        replace(
            segment("Vaksin itu disimpan pada suhu minus 70 derajat."),
            rejections=(Rejection("google", "numbers: 70 is missing"),),
        ),
        replace(
            segment("Rumah sakit di Aleksandria menyusul pada bulan Mei."),
            stale=Translation(
                "Hospitals in Alexandria follow in April.", State.EDITED, "Dewi Lestari", MADE
            ),
        ),
        segment(
            "Para relawan diperiksa setiap pekan.",
            "The volunteers are examined every week.",
            State.APPROVED,
            "Budi Hartono",
        ),
        replace(
            segment("Laporan pertama terbit pada bulan Juni.", "The first report appears in June."),
            stale=Translation(
                "The first report is due in May.", State.APPROVED, "Budi Hartono", MADE
            ),
        ),
    )
    story = replace(
        base.story,
        article=replace(base.article, paragraphs=tuple(part.source for part in parts)),
    )
    return replace(base, story=story, text=replace(base.text, paragraphs=parts))


def _waiting() -> Entry:
    return entry(
        "tanpa-tanggal",
        ("Catatan Tanpa Tanggal dari Pasar", None),
        (
            ("Harga cabai naik lagi di pasar induk.", None),
            ("Pedagang menunggu kiriman dari Jawa Timur.", None),
        ),
        when=None,
        tags=Tags(topics=topics(ECONOMY)),
    )


def _plain() -> tuple[Entry, ...]:
    return (
        entry(
            "2026-02-26-final-sepak-bola",
            ("Maroko ke Final Setelah Adu Penalti", "Morocco Reach Final after Penalty Shoot-out"),
            (("Maroko menang 4-3 lewat adu penalti.", "Morocco won 4-3 on penalties."),),
            when=datetime(2026, 2, 26, 23, 10, tzinfo=WIB),
            tags=Tags(countries=countries("MA", "FR"), topics=topics(SPORT)),
            source_name="Kabar Bola",
            source_url="https://kabar-bola.example/final",
        ),
        entry(
            "2026-02-26-perundingan-gencatan-senjata",
            (
                "Perundingan Gencatan Senjata Dilanjutkan di Jenewa",
                "Ceasefire Talks Resume in Geneva",
            ),
            (
                (
                    "Delegasi bertemu lagi di Jenewa setelah jeda dua pekan.",
                    "The delegations met again in Geneva after a break of two weeks.",
                ),
            ),
            when=datetime(2026, 2, 26, 18, 0, tzinfo=WIB),
            tags=Tags(countries=countries("CH", "US RU"), topics=topics(CONFLICT, POLITICS)),
            source_name="Warta Timur",
            source_url="https://warta-timur.example/jenewa",
        ),
    )
