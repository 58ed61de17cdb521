"""In which file of ``lexicon/`` the entry of a root is, by its first letters."""

from bisect import bisect_right

# The first letters of the files of entries, each up to the next: half a kilobyte each, compressed.
_BOUNDS = """
ab ada adm ag ai aka ako aku ala ali ama amf anc angg angk anj anu apl art asi asu at au ay
bad bah bai bak bal band bang bant bar bas bat baw beb bek belan bena bent bera beri bes bia
bid bin bis bod bon bua bud buk bul bun bur but cad cam cap cat cek cen cer cet ci cob cor
cum dad dag dak dam dan dap dar das dau ded dem den dep des dew dia dik dir dis dob don dua
duk dut ej eksp el em en er ev fe fis fo fu gag gam ganj gar gaw gela geli gem genc ger ges
gim gol gr gug gum gus had hak hal ham han hap hari has haw hen hib hik hin hit hub huk hut
id ik il imb imp ind inf ini ins inta inti ir is it jad jaj jal jam jan jar jat jeb jem jen
jer ji jo jug jur kab kad kaj kali kam kand kap kara kart kas kat kaw keb kec kej kela kelo
kema kemp kenc keny kera keri kern ket kh kia kin kiw koi kome komp komu kong konst kont
konv kor kos kre kru kub kul kun kur kut lag lai lak lal lamb land lang lanj lap lar lau lay
leb leg lel lemb len lep lew lih lind lint lis lom lua lud lum lur mad mai maka makr mal mam
manf mant mar masa masu mat mau meg mend mer mes mil mini miny mob mog mot mud mul mun mur
mus mut nai nan nas nau nege ng nil nom nu ny ob ok ol om op ora ori pac pada padu paj pal
pana pand pangg pani pant para part pasa paso pat pec peg pel pem peng penu pera perc peri
perk perp pert pes pet pid pik pil pina pint pl pok poli pon pos prag pras pri prod prom
proy puj pul pund pur puta putu rag rak ramb rang rap ras rat ray reb reg reka rekr rem rend
rep reso rev rin ris rok rua ruma rumu rus sab sah saj sala salu samb samp sand sang sani
sar sat say sebe sedi seg sej seko sel sele seli selu semb seme semu seng sens sep sera serb
seri sert ses set sh sia sib sik sil sim sina sing sip sis sit soa sop sp sta str sua sub
suj sul sum sun sura sury sut sy tab tag tahu tak takl tama tamp tana tand tanga tangga
tanggu tangk tant tar tas taw teb tega tegu tek tela tele tema temp temu tenga tengg tent
tep tera terb terj terp tet tib tik tim tind tingg tingk tip tit tok tol ton tra tre tub tuj
tul tumb tump tuna tung tunj tur tut ub uj ul uma umu und ung uni unt ura uru usa usi ut va
vi wab wak wal war was wi wu y z
"""
BOUNDS = tuple(_BOUNDS.split())


def shard_of(root: str) -> str:
    """In which file the entry of a root is."""
    return BOUNDS[max(bisect_right(BOUNDS, root) - 1, 0)]
