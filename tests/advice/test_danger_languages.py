"""Danger now is recognised in other languages; habits, the past and films are not, and Dutch stays as it was."""

import time
from pathlib import Path

import pytest
import yaml

from bot.advice import danger, danger_languages
from bot.advice.errors import BadContent
from bot.advice.vocabulary import Danger

DEVELOPMENT = Path(__file__).parent / "danger_dev.yml"

ACUTE = [
    ("he is hitting me right now", "violence_now"),
    ("help me my husband is strangling me", "violence_now"),
    ("call the police, he is breaking down the door", "violence_now"),
    ("I locked myself in the bathroom", "hiding"),
    ("my ex is outside with a knife", "weapon_now"),
    ("she's unconscious", "medical"),
    ("i just took all my pills", "overdose"),
    ("dad is hitting my little sister", "child_in_danger"),
    ("I'm going to kill myself tonight", "suicide_now"),
    ("he beats me every day and he is hitting me right now", "violence_now"),
    ("şu anda beni dövüyor", "violence_now"),
    ("simdi annemi doviyor imdat elinde bicak var", "weapon_now"),
    ("banyoya kilitlendim kapıyı kırıyor", "hiding"),
    ("bir kutu hap içtim", "overdose"),
    ("kocam nefes almıyor", "medical"),
    ("imdat oğlumu dövüyor", "child_in_danger"),
    ("زوجي يضربني الآن", "violence_now"),
    ("النجدة إنه يكسر الباب", "violence_now"),
    ("أنا مختبئة في الحمام", "hiding"),
    ("معه سكين", "weapon_now"),
    ("أمي فاقدة الوعي", "medical"),
    ("ابتلعت كل الحبوب", "overdose"),
    ("mąż teraz mnie bije", "violence_now"),
    ("zamknęłam się w łazience", "hiding"),
    ("zamknelam sie w pokoju on stoi pod drzwiami", "hiding"),
    ("on ma nóż", "weapon_now"),
    ("mama nie oddycha", "medical"),
    ("wzięłam wszystkie tabletki", "overdose"),
    ("pomocy, on bije dziecko", "child_in_danger"),
    ("чоловік зараз б'є мене", "violence_now"),
    ("допоможіть, він ламає двері", "violence_now"),
    ("я замкнулася у ванній", "hiding"),
    ("у нього ніж", "weapon_now"),
    ("мама не дихає", "medical"),
    ("я випила всі таблетки", "overdose"),
    ("me está pegando", "violence_now"),
    ("ayuda mi marido me pega", "violence_now"),
    ("me he encerrado en el baño", "hiding"),
    ("tiene un cuchillo", "weapon_now"),
    ("mi madre está inconsciente", "medical"),
    ("me tomé todas las pastillas", "overdose"),
    ("está pegando a mi hijo", "child_in_danger"),
    ("il est en train de me frapper", "violence_now"),
    ("au secours, mon mari m'étrangle", "violence_now"),
    ("je me suis enfermée dans la salle de bain", "hiding"),
    ("il a un couteau", "weapon_now"),
    ("ma mère ne respire plus", "medical"),
    ("j'ai avalé toute une boîte de médicaments", "overdose"),
    ("er schlägt mich gerade", "violence_now"),
    ("hilfe mein mann würgt mich", "violence_now"),
    ("ich habe mich im bad eingeschlossen", "hiding"),
    ("er hat ein messer", "weapon_now"),
    ("sie ist bewusstlos", "medical"),
    ("ich habe alle tabletten geschluckt", "overdose"),
    ("همین الان داره منو می‌زنه", "violence_now"),
    ("شوهرم چاقو دستشه", "weapon_now"),
    ("توی حمام قایم شدم", "hiding"),
    ("он сейчас бьет меня", "violence_now"),
    ("я заперлась в ванной, он ломает дверь", "hiding"),
    ("той ме бие сега", "violence_now"),
    ("той държи нож", "weapon_now"),
    ("mă bate acum", "violence_now"),
    ("m-am încuiat în baie", "hiding"),
    ("ele está me batendo", "violence_now"),
    ("ele tem uma faca", "weapon_now"),
    ("tomei uma caixa de comprimidos", "overdose"),
    ("mi sta picchiando", "violence_now"),
    ("mi sono chiusa in bagno", "hiding"),
    ("most ver a férjem", "violence_now"),
    ("bezárkóztam a fürdőbe", "hiding"),
    ("hadda wuu i garaacayaa", "violence_now"),
    ("mindi ayuu haystaa", "weapon_now"),
    ("ሕጂ ይሃርመኒ ኣሎ", "violence_now"),
    ("ካራ ሒዙ ኣሎ", "weapon_now"),
    ("awor e ta dal mi", "violence_now"),
    ("e tin un kuchu", "weapon_now"),
    ("他正在打我", "violence_now"),
    ("救命,他拿着刀", "weapon_now"),
    ("我躲在厕所里", "hiding"),
    ("rajli kaydrebni daba", "violence_now"),
    ("3awnouni 3ndo sekkin", "weapon_now"),
    ("er tritt die tür ein", "violence_now"),
    ("mein mann schlägt gerade meine tochter", "child_in_danger"),
    ("kocam şimdi beni boğuyor", "violence_now"),
    ("ابني ما عم يتنفس", "medical"),
    ("شوهرم داره کتکم می‌زنه", "violence_now"),
    ("помощ той ме удря", "violence_now"),
    ("ajutor, mă omoară", "violence_now"),
    ("segítség késsel fenyeget", "weapon_now"),
    ("socorro ele vai me matar", "violence_now"),
    ("il est derrière la porte avec un couteau", "hiding"),
]

NOT_NOW = [
    "my ex has been hitting me for years",
    "his jokes are killing me",
    "her gün ilaç içiyorum",
    "كان يضربني عندما كنت صغيرة",
    "kiedyś mnie bił",
    "раніше він мене бив",
    "mi padre me pegaba cuando era niña",
    "mon ex me frappait",
    "manchmal schlägt er mich",
    "my husband beats me every day",
    "last year he locked me in and I locked myself in the bathroom",
    "in the film he is hitting her with a knife",
    "I took my pills this morning",
    "he used to hit me",
    "kocam beni sürekli dövüyor",
    "geçen yıl beni dövüyordu elinde bıçak vardı",
    "filmde adamın elinde bıçak var",
    "زوجي يضربني كل يوم",
    "العام الماضي كان معه سكين",
    "في الفيلم معه سكين",
    "mąż bije mnie codziennie",
    "rok temu zamknęłam się w łazience",
    "w filmie on ma nóż",
    "чоловік б'є мене щодня",
    "рік тому я замкнулася у ванній",
    "у фільмі у нього ніж",
    "mi marido me pega siempre",
    "el año pasado me encerré en el baño",
    "en la película tiene un cuchillo",
    "mon mari me frappe tous les jours",
    "il y a deux ans je me suis enfermée dans la chambre",
    "dans le film il a un couteau",
    "mein mann schlägt mich jeden tag",
    "letztes jahr habe ich mich im bad eingeschlossen",
    "im film hat er ein messer, er hat ein messer",
    "شوهرم هر روز من را می‌زند",
    "муж бьет меня каждый день",
    "той ме бие всеки ден",
    "mă bate în fiecare zi",
    "ele me bate todo dia",
    "mi picchia sempre",
    "minden nap ver a férjem",
    "maalin kasta wuu i garaacaa",
    "ትማሊ ሃሪሙኒ",
    "e ta dal mi tur dia",
    "他每天打我",
    "rajli kaydrebni kol nhar",
    "call the doctor now please, I have a question",
    "the door is broken and the knife is on the table",
]


@pytest.fixture(scope="module")
def languages():
    return danger_languages.load()


@pytest.mark.parametrize(("text", "kind"), ACUTE)
def test_danger_now_is_acute(languages, text, kind):
    assert kind in languages.detect(text)
    assert danger.load().detect(text).level is Danger.ACUTE


@pytest.mark.parametrize("text", NOT_NOW)
def test_habit_past_and_film_are_not_danger_now(languages, text):
    assert languages.detect(text) == frozenset()


def _dutch(level):
    data = yaml.safe_load(DEVELOPMENT.read_text(encoding="utf-8"))
    return [text for group in data["groups"] if group["level"] == level for text in group["messages"]]


def test_dutch_without_danger_stays_without(languages):
    assert [text for text in _dutch("none") if languages.detect(text)] == []


def test_the_kinds_are_of_the_closed_list():
    assert danger_languages.KINDS <= danger.KINDS


def test_a_message_takes_under_half_a_millisecond_on_average(languages):
    texts = [*_dutch("none"), *_dutch("acute"), *(text for text, _ in ACUTE), *NOT_NOW]
    languages.detect(texts[0])
    start = time.process_time()
    for text in texts:
        languages.detect(text)
    assert (time.process_time() - start) / len(texts) < 0.0005


@pytest.mark.parametrize("text", ["", "\x00\ud800", "now " * 2000, "he is " * 1500, "现在" * 4000, "الآن " * 1500])
def test_no_text_makes_it_fail_or_hang(languages, text):
    start = time.process_time()
    assert languages.detect(text) <= danger_languages.KINDS
    assert time.process_time() - start < 1


@pytest.mark.parametrize(
    ("change", "named"),
    [
        (lambda d: d["talen"]["pl"].pop("pillen"), "pl"),
        (lambda d: d["talen"]["tr"]["gevaar"].update(iets=["x"]), "tr"),
        (lambda d: d["talen"]["de"].update(pillen=["("]), "de"),
        (lambda d: d["talen"]["fr"].update(pillen=[]), "fr"),
        (lambda d: d["talen"]["es"].update(pillen=["<weg>"]), "es"),
        (lambda d: d.pop("talen"), "talen"),
    ],
)
def test_a_broken_file_is_refused_with_file_and_key(tmp_path, change, named):
    data = yaml.safe_load(danger_languages.CONTENT.read_text(encoding="utf-8"))
    change(data)
    path = tmp_path / "gevaar_talen.yml"
    path.write_text(yaml.safe_dump(data, allow_unicode=True), encoding="utf-8")
    with pytest.raises(BadContent, match=r"gevaar_talen\.yml") as error:
        danger_languages.load(path)
    assert named in str(error.value)
    assert "\n" not in str(error.value)


@pytest.mark.parametrize("content", ["- a", "{", "", "talen: 3"])
def test_what_is_no_mapping_is_refused(tmp_path, content):
    path = tmp_path / "gevaar_talen.yml"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(BadContent):
        danger_languages.load(path)
