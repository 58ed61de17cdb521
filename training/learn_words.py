#!/usr/bin/env python3
"""Learn the word list that the cleaner repairs glued words with, from articles that it cleaned.

    python scripts/build.py inspect --jsonl DATA > inspect.jsonl
    python training/learn_words.py inspect.jsonl > scripts/dwiwarta/knowledge/words.yml

A word counts if it stands in enough articles of enough outlets (folders of DATA), so that neither
a slip nor a word that a scraper glued gets in. Only single words leave the articles, no text.
Names that news keeps using are added from CLDR (countries) and from the list below.
"""

import collections
import json
import re
import sys
from pathlib import Path

from babel import Locale

ARTICLES, OUTLETS = 8, 3  # for words; glued ones are rarer and stay within one outlet
NAME_ARTICLES, NAME_OUTLETS = 8, 3

NAMES = """
Abbas Albanese Ankara Antara Aoun ASEAN Athena Baghdad Bangkok Beijing Beirut Berlin Biden
Bangladesh Blinken Bloomberg Bolsonaro Boluarte Brussels Budapest Caracas Damaskus Doha Dubai
Duterte Elysee Erdogan Gaza Hamas Hanoi Hizbullah Houthi Hun Islamabad Jerusalem Kabul Kairo
Khamenei Kiev Kim Kishida Ishiba Kremlin Kyiv Lavrov Lula London Macron Maduro Madrid Manila
Marcos Marcos Meloni Merkel Merz Milei Modi Moskow Mossad Netanyahu Nikkei Orban Paris Pentagon
Pezeshkian Putin Pyongyang Ramallah Riyadh Roma Rubio Ryabkov Scholz Seoul Sharif Starmer Sisi
Sunak Taipei Taliban Teheran Tokyo Trudeau Carney Trump Tsai Lai Ursula Vance Vatikan Wina
Xinhua Yaman Yerusalem Zelensky Zelenskyy Zelenskiy Zarif Araghchi Harris Obama Volodymyr
Vladimir Emmanuel Recep Tayyip Benjamin Joe Donald Narendra Giorgia Ferdinand Anwar Ibrahim
Prabowo Gibran Jokowi Megawati Bahlil Airlangga Luhut Sugiono Retno Marsudi Yudhoyono Soeharto
Soekarno Amerika Eropa Afrika Asia Australia Arktik Antartika Pasifik Atlantik Mediterania
Balkan Kaukasus Reuters Guardian Kyodo Yonhap Anadolu Bernama Tasnim Sputnik Interfax
"""

# Written with a capital inside, and whole for all that.
KEEP = """
AirAsia AirNav Astacita BakuBaku BeritaSatu BikeMart BukaLapak ByteDance CapCut ChatGPT DeepMind
DeepSeek DevOps DoKu DreamWorks FaceTime FedEx FinTech GitHub GoFood GoPay GoSend GoTo GrabFood
HarmonyOS HoYoverse HyperOS IndiHome InJourney IPhone JakLingko JavaScript JPMorgan KapanLagi
KompasTekno LaLiga LinkAja LinkedIn LiveScience LRTJabodebek MacBook McDonald McKinsey MediaTek
MikroTik MotoGP MyPertamina NasDem NVIDIA OpenAI PayLater PayPal PeduliLindungi PlayStation
PolyTron PosIND PowerPoint QatarGas QRIS RansNusantara SeaBank ShopeePay SindoBatam SmackDown
SpaceX SuperApps SwissCham TeamViewer TikTok TransJakarta TransNusa TribunJabar TribunJakarta
TribunBogor TribunMedan TribunnewsBogor UNClimate VietJet WeChat WhatsApp WikiLeaks WordPress
XLSmart YouGov YouTube YouTuber eFootball eSport eSports iCloud iNews iPad iPhone iOS macOS
AppStore BankAmerica BigHit BinguoEV BioNTech BolaSport CoinMarketCap DreamStudio EasyJet GenAI
HarbourBay InaWis InshaAllah InterCity iPadOS JakASA JobStreet KitaLulus MacOS MarkPlus MotorLand
MicroStrategy PlayStore PepsiCo RoRI SatuSehat SehatPedia SoftBank SteamOS TelkomGroup
ThyssenKrupp TokoPedia BukuWarung HukumOnline KlikDokter RuangGuru InfoPublik KawalCovid
AstraZeneca VinFast NasDem iQube iQOO detikcom detikFinance detikHealth detikHot detikInet
detikJabar detikJateng detikJatim detikNews detikOto detikPagi detikSport detikSore detikSumut
detikTravel detikX
"""

# Compounds and names that many write as one word, right or wrong, and that are not parted.
KEEP_COMPOUNDS = """
acapkali adakalanya adapula agroteknologi airmata banjarbaru banjarnegara barangsiapa baratdaya
baratlaut basisdata batubara batubata begitupula beladiri belajarmengajar beritaacara beritahu
berperanserta berperikemanusiaan berterimakasih berulangkali bolabasket bolavoli bukittinggi
bulutangkis bunuhdiri campurtangan citarasa dayaguna dayasaing dayatarik developmental dinihari
ditindaklanjuti downstreaming dukacita dutabesar ekabahasa fashionable fotosintesis gempabumi
grandstand groundbreaking hakcipta hariraya hasilguna hilirmudik housekeeping ibukota indofood
indomobil jatidiri jatinegara jungkirbalik jurubicara jurukunci juruselamat kacamata kakilima
kakitangan kampungbaru kapanlagi katakunci keduakalinya kedutaanbesar kepaladesa kerapkali
kerjasama ketigakalinya kotamadya kusumanegara lalulintas latarbelakang lepaslandas livescience
lokakarya luarbiasa margasatwa matakuliah matapelajaran matapencaharian matauang mengambilalih
mengujicoba menindaklanjuti motorsport motorsports olahraga orangtua padanglawas padangpanjang
padangsidempuan paragraph paragraphs paramagnetic paramedis paramiliter paraphrase pekanbaru
penanggungjawab pengunjukrasa peranserta pertamakali pertamakalinya playstation poundsterling
pulangpergi putrihijau radiofrekuensi roadshow rudiantara rumahsakit rumahtangga salahsatu
samadengan samasekali sapulidi saputangan satupadu satusatunya sebarluaskan segiempat senibudaya
senirupa sepakbola sepakterjang simpangsiur sosialekonomi sukacita sukaduka sukarela sumadilaga
sumberdaya supernatural suratkabar tandatangan tanggungjawab tatabahasa tatacara tatakelola
tatakrama tataruang tatasurya telukdalam tenismeja terimakasih timurlaut tindaklanjut tindakpidana
titikberat tolakukur tuanrumah tunawisma ujicoba ujungpandang ulangtahun undangundang unjukrasa
walikota warganegara
"""


def main() -> None:
    """Print the list as YAML."""
    small: dict[str, set[str]] = collections.defaultdict(set)
    capital: dict[str, set[str]] = collections.defaultdict(set)
    for line in Path(sys.argv[1]).read_text("utf-8").splitlines():
        record = json.loads(line)
        text = " ".join(record["paragraphs"])
        for word in re.findall(r"(?<![\w@#./'’-])[A-Za-z]{2,}(?![\w@/'’])", text):
            if word.islower():
                small[word].add(record["file"])
            elif word[0].isupper() and word[1:].islower() and len(word) > 3:
                capital[word].add(record["file"])
    words = [w for w, files in small.items() if enough(files, ARTICLES, OUTLETS)]
    names = {
        w
        for w, files in capital.items()
        if enough(files, NAME_ARTICLES, NAME_OUTLETS)
        and len(small.get(w.lower(), ())) < len(files) / 10
    }
    territories = Locale("id").territories
    names |= {
        part
        for code, name in territories.items()
        if code.isalpha() and len(code) == 2
        for part in re.findall(r"[A-Z][a-z]{3,}", name)
    }
    names |= set(NAMES.split())
    names -= {
        "Anda",
        "Adapun",
        "Alhasil",
        "Menariknya",
        "Pasalnya",
    }  # no names: they open sentences
    print("# Words that glued text is parted into. Made by training/learn_words.py; edit freely.")
    print(
        "# words: written small · names: written with a capital · keep: whole, whatever is inside"
    )
    for key, values in (
        ("words", words),
        ("names", names),
        ("keep", (KEEP + KEEP_COMPOUNDS).split()),
    ):
        print(f"{key}: >-")
        for start in sorted({v[0].lower() for v in values}):
            group = sorted((v for v in set(values) if v[0].lower() == start), key=str.lower)
            row = ""
            for value in group:
                if len(row) + len(value) > 96:
                    print(" " + row)
                    row = ""
                row += " " + value
            print(" " + row)


def enough(files: set[str], articles: int, outlets: int) -> bool:
    """Whether a word stands in enough articles of enough outlets."""
    return len(files) >= articles and len({f.rsplit("/", 2)[-2] for f in files}) >= outlets


if __name__ == "__main__":
    main()
