"""Full stops behind which a sentence goes on: abbreviations, degrees, numbers of cases."""

import re

_LONGEST = 12  # characters before a full stop that are looked at

# Titles, ranks, first names, address words: "Jl. Merdeka", "Drs.Ahmad", "UU No.11 Tahun 2020".
_ABBREVIATED = re.compile(
    r"(?:^|[\s(.,/“\"‘'])(?:"
    r"Jln|Jl|Kec|Kab|Kel|Prov|Gg|Tbk|PT|CV|UD"
    r"|Prof|Drs|Dra|drg|Dr|dr|Ir|Hj|KH|Ust|Ustz|Tgk|Pdt|Rm|Ns|apt|Bpk|Sdr|Alm|Mr|Mrs|Ms|Nn|Ny|Tn|St"
    r"|Moh|Muh|Mhd|Abd|Ach|Kol|Letkol|Kapt|Jend|Letjen|Mayjen|Brigjen|Irjen|Komjen|Kombes|Kompol"
    r"|AKBP|AKP|Iptu|Ipda|Aiptu|Aipda|Bripka|Briptu|Bripda|Peltu|Pelda|Serma|Serka|Sertu|Serda"
    r"|No|hlm|Hlm|vol|Vol|vs|pkl|Pkl|tgl|Tgl|Rp|Telp|telp|Tlp|a\.n|u\.p|c\.q|Sp|Subsp|Jkt|www)$"
)
# Sentences end in these, too; none does before a number.
_COUNTED = re.compile(
    r"(?:^|[\s(.,/])(?:no|[Hh]al|[Kk]m|[Kk]av|[Bb]lok|Lt|[Pp]asal|[Aa]yat|[Pp]ukul)$"
)
# Behind a name: "S.Pd.I", "M.Kes.Sp.OT".
_DEGREE = re.compile(r"(?:^|[\s(.,])[A-Z]\.[A-Z][a-z]{1,4}$")
_DEGREE_NEXT = re.compile(r"[A-Z][A-Za-z]{0,4}\.[A-Z]|Sp\.|[A-Z]{1,5}(?![A-Za-z/])")
# "12/Pid.Sus/2026/PN Jkt.Pst"
_CASE_NEXT = re.compile(r"[A-Za-z]{1,6}/\d")


def goes_on(text: str, end: int, begin: int) -> bool:
    """Whether a sentence that seems to end goes on.

    ``end``: where its full stop stands in ``text``; ``begin``: where what follows begins.
    """
    before = text[max(0, end - _LONGEST) : end]
    return bool(
        _ABBREVIATED.search(before)
        or (text[begin : begin + 1].isdigit() and _COUNTED.search(before))
        or (_DEGREE.search(before) and _DEGREE_NEXT.match(text, begin))
        or _CASE_NEXT.match(text, begin)
    )
