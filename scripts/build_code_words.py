"""Makes the word list of the spoken codes. Must not be needed at run time; read the result before use.

Nouns and adjectives of spacy-lookups-data (MIT) that are common enough to know (wordfreq, Apache 2.0 with data under
CC BY-SA 4.0), without names, without any word this service listens for, and without words that could hurt or give
away what the chat was about: somebody else may find the paper. Usage: python -m scripts.build_code_words
"""

import gzip
import json
import re
from pathlib import Path

import spacy_lookups_data  # type: ignore[import-untyped]
import wordfreq
import yaml

ROOT = Path(__file__).resolve().parents[1]
TARGET = ROOT / "bot/advice/content/codewoorden.txt"
SIZE = 7776
"""Six to the fifth power: four words are then 51 bits, as many as twenty throws of a die."""

WORD = re.compile(r"[a-z]{4,8}")
POOL = 120_000
HEAD = """# Woorden voor de codes van vier woorden: om terug te komen, om te bellen en voor een vraag die wacht.
# Gemaakt met scripts/build_code_words.py uit spacy-lookups-data (MIT) en wordfreq (gegevens CC BY-SA 4.0).
# Een woord weghalen mag niet zomaar: er moeten er precies 7776 zijn, en codes die nu gelden horen bij deze lijst.
"""
_UNFIT = """
    aambei aangev aangift aanhoud aanklac aanrand aanslag aanval aapje aars abattoi abces abject abort absint
    achterl acid acne addict adhd advoc afasi affair afgang afgemat afghaan afgrond afgunst afkeer afrikaan afschuw
    agent agita agres aids akbar alarm albanee albin alcohol algiers alibi allah allerg amarett amish amnesi amok
    amour ampul amput anaal anarch anemi angina angst anorex anthrax antisem anus apache apathi apneu arab arame
    argwaan armagna armeen armoe armzal arrest arseen arsenaa artriti artros arya asbest asiel asocia aspirin astma
    atoombom atrofi atropin autis autobom autopsi aversi baal babi baby bacteri bajes bajonet balzak bandiet bang
    baptist barba bastaar bataljon bazooka bdsm bebloed bedel bedroefd bedrog bedrukt bedrust beduch beduus bedwang
    beerput beest begeerd beha bejaar bekaf bekken belaag belager belazer belerend belg bellator bemind bende
    berecht berisp beroer beroo berov beruch beschoten beschul beschut besmet bestial bestolen bestove bestraf
    bestrij beuk beul bevel beving bevree bewak bewaring bewijs bezet bezope bezwijk bibber bidden biecht biermerk
    bifida bijbel bikini bilnaad bimbo biops bipolai bips biseks bisex bitch bizar blaam blaar blanke blaren bliksem
    blind bloed blondi blondj bloot blote blut bockbie boeddh boef boei boeman boete boevenp boezem bokbi boks bom
    bondag bonk bordee bordel borderl borrel borst bosnie bosnis botbreu botox botsing botul bourbon boycot boze
    braak braken brand brits britten bronchi browning bruid bruil bruint brutaal brute bruut buddha buikgri buikpijn
    buks bulgaar bully bultje bunker burka burqa buskrui buste bustier butch caligul callgirl calvado canab canade
    cannab cassati castra celdeur celib celluli celstraf censuur chagrij cheat chemo chicane chileen chinees chirur
    chlamyd choler christ chronis cipier clash clients clinch coca cognac coke colitis coma commando complot condoo
    conflic constip copul corrupt crack crapule crashen creatuu cremat creool crepeer crimi crisis crucif crypt
    cubaan culpa cunnili cyanide cyni cyste dader daemon dakloos darmk dealer debacl debiel debil debiteu decadent
    decept deens defect delict deliri dement demon demoon denen dengue depr desert despoot deutsch diabet diablo
    diarree diaspor dictaa dictat dief diender dierenb dierenm dierlij dievegg difter dikke dikkop dikzak dildo
    dinges dioxin discrim disorder dode doelloo doem dolk dollema domheid domina domkop dommer domoor domst domweg
    donder dood doof dope doping dorpsgek dorst dosering dosis downsy drank dreig drek drift drinke droevi drol
    dronk droplul drug druiloo drukken duel duister duits duivel dummy dumpen dumping dungeon dupe duvel dwaal dwaas
    dwaling dwang dwerg dwing dynamie dyslex ebola echtg ecstas eczeem eeltknob eenling eenzaam eetstoor ehbo eicel
    eikel eiser ellende embargo embryo emigr enfant engels engerd engste epidem epilep erecti ereveld ergerni eros
    erotic erotie erotis escort eskad etnisch etter eunuch euthan execut exen exhib exlief exman exoot exorcis
    explos extase extrem exvrouw faal failli fale famili fanaat fanatie fascis fatal feeks fellati feminis femme
    fetis fiasco fielt fighter fik fistel fitna fixati flapdro flets flikker flirt flut fnuik fobie foeter foetus
    fok folter fopspe fractuur frans fraud freak frustr furie fysiothe gabber gaga gajes galg gangreen gaskamer gay
    gebeent gebeft geboeid gebrek gebroe gebroke gebukt gedonde gedood gedrang geduch gedumpt gedwee geelzuch
    geflipt geflop gegesel gegijze gegrom gehaat gehand gehaven gehijg gehoorsc geil geisha gejaag gejamme gekheid
    gekk geklaag gekloot gekonke gekreun gekrijs gekte gekweld gekwets geldnoo geldwol gelogen geloofs gemarte
    gemeen gemolest gemoppe gendarm genezen geniep genitaa genocid genot gepest gepeup gepijni geplunde geraamt
    geramd gerecht geroddel gesar gescheld geschif geschok geschop geschut gesel geslage geslep gesmeek gesneuv
    gesnurk gespuis gestalk gestikt gestolen gestoord geterg getikt getto getuig gevaar gevang gevech gevloek gevree
    gewauwe geweer geweld gewonde gewurgd gezag gezeik gezeur gezin gezuip gezwel ghan ghetto ghost gifgas gift
    gigolo gijzel gil gips glauco gleuf god goelag gokk gonorr goor gore gorgon grafker grafsch grafste granaat
    granate graven grief griek griep grieven griezel grijper grim gringo grof grolsch groupi gruwe guerill guillot
    gulp haat habijt hack hades hadith hakblok halal hamas handboei handicap hangend hangple harakir hardcor hardhei
    harem hartzee hasj hatelij hatend hater havenlo hebberi hebzuch heerser heftig heibel heiden heimelij hekel heks
    heler helhon helle helpde helper hels hepatit hernia heroi herpes herseni hetero hetze hevig hindoe hitler
    hitseri hitsig hiv hodgkin hoer hoest holocau holster hommele homo hongaar honger hoofdha hoofdpi hoofdwo
    hooliga hoon hork hormoo horror hosanna hospice hospita hostess hostie hotpant houw hufter huiduit huil huisarr
    huisarts huish huisuit huisver huisvui huiver hulp humeuri hunker huurlin huwel hypno hypofys hyster icarus
    idioot idiot ieren iers ijsland imam imbeci immoree implosi inbraak inbrek inbreu incest incisie incont indiaa
    indisc infarct infect inferno ingewan inhuma injecti inkijk inlands inquisi insuli insult inteelt intiem intifad
    intim intrig invali invasi irak iran ischias isis islam isolati isoleer isolem israel italia jagen jager jaloer
    jaloez jammer jank japan jat javaan jawoord jenever jeugd jeuk jezuie jezus jicht jiddis jihad jod joint jood
    judas junk junta juridi jurist justiti juut kaalhei kaalsla kadav kaffer kaka kalash kaliber kalifa kamika
    kampbeul kanis kanke kanniba kanon kansloo kansspe kapmes kapot karabij karkas kastij kastra katana katapul
    kazern keelgat keelpijn kelder kelen kenau kenia kerk kernbom kernram kernwap ketter kibboet kieken kiespijn
    kille kind kinin klaag klacht klagen klam klap klef klere kletter kliek klier klikspa klinie klit kloj kloot
    klopp klote klungel klunz knakker knal knar knecht knel kneus knevel knijp knobbel knocko knok knorrig knots
    knudde knullig koeler koerd kogel kolere koliek koloni kont koorts koosjer koppijn kopschop kopten koran korea
    korset kosher kosjer kots kozak kraam kramp krank kraslot kreet kreng kreun kreupel krijg krijs krimi kroaat
    kroati kroeg krot kruisig kruisra kruit kuis kukelen kul kunne kut kwaad kwaal kwak kwal kwel kwets kwezel kwijl
    kwijn laakbaar laf lamlend lamme lancet landmijn lapzwan laster lastpak latino lazar lazer leed leegheid leegte
    leger legioe lelij lemmet lepra lesb letsel leugen leukemi leuter leverkw libane libido liebe liefd liefje
    lieverd lijden lijder lijdz lijfje lijfstraf lijk likeur likken lillik lingeri lintwor list lithium litteke
    loeder loens lolita longont lont loopgr loopneus loser louche lover lozing luguber lui lull lummel lunat lupus
    lust luthers lyme lymfo lynch maagd maagpijn maagzuur macht maden maff mafia mafk mager malafid malais malaria
    maleis malheur malign mallo mamma mammie maniak manipul manisch mank manne marokk marte marxis masochi massacr
    masseus masturb matpart mauser mazelen medici medicus meelope meid meineed mekka melaats melanoo melding mellitu
    meltdow meltie meningi menstru mep merde mesje mess mesthoo metasta meute midlife mies mietje miezer migr milit
    miltvuu minkuk minnaar minnar misant misbr misda misdr miser misg mish misk misl mism misn misp miss misvat
    misvo miszeg mitella moede moeheid moeizaam moer mof moham moker mokk molest mollig moloch molotov monddo mongo
    monogaa monster moor morbid morfin mormel mormoo mort moskee moslim muco muerte muf muil muiterij mullah mummie
    munitie musket mutant myco mythoma naai naakt naargee nabest nakie nalatig napalm narcis narcole narcos navajo
    nazaat nazi necros neet neger negr nekpijn nekschot nekslag nemesis nepale nerd neuk neuralg neuroo neurot neut
    nicht nicotin nierst nietsnut nigeri nigger nijd nijpend nikker niksnut nimf nimrod nonne nood noors noren nors
    nudi nukkig nurse nymf obees obes obscee obscuur obsess oedeem oedipus oetlul offer officier omgebra omhels
    omkop onbegri onbemin onbenul onbewus oncolo onderdru ondeugd ondode oneervo ongedier ongehuw ongeluk ongenad
    ongepas ongeval ongewil ongezon onheil onkuis onmacht onmens onmin onnozel onraad ontaard ontbind ontbloot
    ontdaan onterend onterf ontheem onthoof onthutst ontlast ontliep ontmaag ontsla ontsnap ontsteek ontstek ontstel
    ontuch ontvoer ontzet onveil onvrede onvrij onvruch onwel onwetti onwil onzalig onzuive oogpijn oordeel oorlog
    oorpijn oorvijg opaatje operati opgefok opgehan opgelic opgeslo opium oplicht opoffer oproer oprot opruii
    opsluit opspraak opstand oraal orcs ordinai orgas orgie osama ostraci otitis oude oudje oudoom oudtant outcast
    outlaw outside overdosi overgav overkil overl overspe overval ovulati paartijd pakist pakkans palest pandemi
    paniek panis papa pappa pappie paps papua paranoi parasie paria paring parkins patholo patient pauper paus
    pedago pedo peepsho peetoom peni peruaan perver pessim pest petekin pfeiffer pias piel piemel piepshow pies
    piets pijn pijpbeu pijpwe pikan piket pikke pikki pikt pil pimp pineut pipi pis pitbul plaag placebo placent
    plassen plast playboy playmat plebs plee pleidoo pleuri plunder pneum poep poes pokken polak poliep polio
    politie poloni polsbreu pooier pools porn posttrau potenti pover predator preek preken pressie priester profile
    proleet promisc prooi prosecc prostaa prosti prothes prutser psych puber puinzo puist pukkel pummel pupa purge
    pus pyroma raadsman rabbi rabi rachit racia racis radicaa raid raket rambam ramp rancun ranzig rascis rasec rauw
    ravage raze razzi reanim rebel rechtb rechter recidiv rectaa rectum redder redding rednec reet rellen requiem
    reuma revanch revolt revolv ricoche rillen rilling ringworm ripper risi riskan rivaal rivali rochel roddel
    rodehond roede roeman roemee roemloo roerloo rokend roker rokkenj romance romani roof rooms rosacea rosse rotdag
    rothon rotko rotte rottig rotting rotweer rotza rotzo rouw royeme rsi ruk rumpunt rund russ ruzie sabbat sabel
    sabot sadis sado salaf salmone salvo sarcas sarin satan sativa scalp schaam schade schadu schamel schand schatje
    schavot schavui schede scheel scheid schel schend schenni schepse scherf scherpsc scheur schicht schiet schijnd
    schijt schim schizo schnaps schoft schok schop schor schram schreeuw schreuw schrik schroom schuddeb schuil
    schuld schunni schurft schurk schutt schuw scleros scolios scream scrotum sedati seks sekte seniel sensuee
    sepsis servi sex shag shelter sherry shoah shock shoot shotgun sidder sikh sikkelc sinister sjabbat sjacher sjah
    skelet skunk slaaf slaapko slacht slag slank slapjan slave slavin slavisch slecht slet slijmba slijter slinks
    sloebe sloer slome slons sloof sloom slordig slowaak slowak sluip sluw smaad smart smeer smeken smerig smet
    smiez smoes smurrie snars snauw snee snert sneu snij snik sniper snob snol snood snot snuif soa sociopa sodom
    soldaat soldat somali somat somber souten sovjet spaan spalk spank spanner spasm spast spatader sperma spertij
    spervuu spijt spion spook spott spotz spruw spugen spuit spuug spuw squaw stakker stalk steek steken stelen
    sterf steriel sterv stief stiek stigma stik stilett stink stoephoe stom stoned stoot storend stormra stotter
    straf strang strenge stress striem strijd string stripp stripte stroef stront strop struikr stuip stuiten
    stuiter stumper suffer sufkop suic sukkel surina surroga surviva syfil symptoo synagog syndroo syri tabak taboe
    taliban talmoed tampon tanga tartar taser tbc tbs teef tegengif tegenzi tepel tequila tergen tering terreur
    terror testikel tetanu tetter thai therap thromb tibet tieren tiet tijdnoo tinnitu tipgeve tirade tiran tiroler
    titt tokk tomahaw tombe tongzoe toorn tootje topless torpedo toverkol toxi trackin trag trance tranen transge
    transse traum travest treiter tremor treur trien triest troela troll trombo troost trouw trut tsjech tsunami
    tuberc tuberk tucht tuig tumor tumul tunesi turk tuthol tyfeus tyfus uilskui uitbuit uitgehon uitgemer uitgesch
    uithong uitkleed uitlach uitsch uitspug uitvaar uitwas uitwerps uppercu uranium urin urolog uroloo uterus
    vaatzie vader vagebon vagevuu vagina valium vals vamp vandaa varken vasel vecht veilig veldsla vendett venijn
    veracht verbann verbant verbete verbijs verblin verbod verbran verdach verdelg verdenk verderf verdict verdoem
    verdom verdoof verdori verdove verdriet verdrink verdronk verdwaa verdwen verdwij vergald vergas vergeef vergeld
    vergetel vergif vergrij verguis verhit verhong verhoor verijde verkild verkleed verklik verknip verkool verkoud
    verkra verlam verlate verlege verleid verliefd verlies verloof verloren verlos vermeen vermink vermis vermoei
    vermomd vermoor verned vernie verover verpest verplet verpulv verraad verrade verrek verrot verscheu verschop
    verschrik verslaa verslin versmaa verstik verstoot verstop verstote vertrap verval verveel vervloe vervolg
    verwaan verwaar verweer verwens verwijt verwoe verwond verworp verzop verzwak verzwel vete vette vettig vetzak
    vetzuur vibrati vibrato vierend vies viezeri viezig vijand viraal virolo virus vlaam vlam vlees vlegel vleieri
    vlerk vleselij vloek vlucht vluggert vochtig volgzaa vonnis voodoo voogd voorhuid voorspel voyeur vreemde
    vreemdg vrees vrek vreten vrouw vuil vuist vulgair vulva vunzig vuren vuur waan walg wangedr wanho wanord wapen
    warhoof warlord weduw wee wegloop weglop wegwez wellust welsh werkkam werkloo whiplas whisk wicht widow wiet
    wijf wijv wildeman wildplas willoos wipneus witbier wodka woede woest wond worg wraak wrak wrang wrat wreed
    wrevel wroegin wrok wulps wurg xeno yankee zaadcel zedelij zeden zeeslag zeeziek zeik zelfh zelfm zelfzor zenuw
    zetpil zeur zever ziek zielig zielloo zigeu zionis zoen zombie zondaar zonde zooi zorgpla zot zoutzuu zuchtig
    zuigel zuigen zuiger zuip zulu zus zwaar zwachtel zwak zwanger zware zwart zweed zweep zweer zwelli zwendel
    zweren zwerf zwerv zwets zwicht zwijge zwijn zwitse zwoel
"""
UNFIT = _UNFIT.split()
"""Beginnings of words that could hurt, frighten or give something away; one of more than four letters counts anywhere."""

_UNFIT_ALONE = """
    aap amor apen bent bier bitter blank blond blonde bong boos bout cel cellen cels cult degen del dier dolen dom
    domme dump eng ex fitna fout gade gaza geld gemaal gif graf grijp grim hel hitte homp hoofd hotel huis huizen
    hunne kaal kamp kampen kerosine kist kisten kling kus kwab lak lam lap lief lijf lokaas lokken loks lokt lul
    lulkoek man melde mes mest mis moed mom oen opa peet pik plas plof pool pot potten prik proces prul prut put
    puta rat ratten rel roma ros rot rum ruw ruwe scheet schot schots sip slaan slag slap slappe slip speer spies
    steeg steel strip sul tang tank tanks teek tic tics trap tut vlies wreek zat zweet
"""
UNFIT_ALONE = frozenset(_UNFIT_ALONE.split())
"""Words that are unfit themselves, while what begins like them is innocent."""


def words() -> list[str]:
    """The words, commonest first. Raises ``SystemExit`` when there are too few."""
    known = _nouns_and_adjectives()
    ours, names = _listened_for(), _names()
    english = set(wordfreq.top_n_list("en", 3000))
    found = []
    for word in wordfreq.top_n_list("nl", POOL):
        if WORD.fullmatch(word) and word in known and word not in english | names and _is_harmless(word, ours):
            found.append(word)
        if len(found) == SIZE:
            return found
    raise SystemExit(f"only {len(found)} words of {SIZE}: widen POOL or WORD")


def _nouns_and_adjectives() -> set[str]:
    data = Path(spacy_lookups_data.__file__).parent / "data"
    with gzip.open(data / "nl_lemma_index.json.gz", "rt") as file:
        index = json.load(file)
    return set(index["noun"]) | set(index["adj"])


def _listened_for() -> set[str]:
    concepts = yaml.safe_load((ROOT / "bot/advice/content/lexicon.yml").read_text())["begrippen"]
    return {word.rstrip("*") for group in concepts.values() for word in map(str, group) if " " not in word}


def _names() -> set[str]:
    names: set[str] = set()
    for path in (ROOT / "bot/advice/redaction/lists").glob("*name*"):
        raw = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
        names.update(raw.decode("utf-8").lower().split())
    return names


def _is_harmless(word: str, ours: set[str]) -> bool:
    if word in ours or word in UNFIT_ALONE:
        return False
    return not any(word.startswith(stem) or (len(stem) > 4 and stem in word) for stem in UNFIT)


def main() -> None:
    """Write the list."""
    found = words()
    TARGET.write_text(HEAD + "\n".join(sorted(found)) + "\n", encoding="utf-8")
    print(f"{len(found)} words; rarest: {', '.join(found[-10:])}")


if __name__ == "__main__":
    main()
