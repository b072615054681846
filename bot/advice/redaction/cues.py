"""The words around a name that make it one. Must hold words only, no decisions."""

import re

from bot.advice.redaction.rule_words import rule_words

KIN = re.compile(
    r"^(?:(?:ex|stief|schoon|half|pleeg|bonus|achter|groot|tweeling|adoptie)-?)?(?:man|vrouw|ex|exman|exvrouw|vriend|vriendje|vriendin|vriendinnetje|bff|zus|zusje|zusjes|zusjs|zusjw|broer|broertje|brr|bro|zoon|zoontje|dochter|dochtertje|kind|kindje|kleinkind|"
    r"kleinzoon|kleindochter|moeder|vader|mama|papa|mam|pap|ma|pa|neef|neefje|nicht|nichtje|partner|verloofde|collega|baas|chef|leerling|client|clienten|clienten?|clente|patient|klasgenoot|klasgenootje|klasgenote|huisgenoot|huisgenote|"
    r"buurmeisje|buurjongen|begeleider|oppas|voogd|jeugdbeschermer|hulpverlener|zwager|schoonzus|tweeling|zonen|dochters|kinderen|ouders|vrienden|vriendinnen|relatie|scharrel|date|baby|peuter|kleuter|pupil|kameraad|maat|matties?|crush|"
    r"tweelingbroer|tweelingzus|gezinsvoogd|voogd|maatschappelijk|behandelaar|therapeut|psycholoog|huisarts|gastouder|leidster|jongen|meisje|meid|gast|dude|stagiair|stagiaire|werkgever|manager|leidinggevende|vrouwtje)$"
)
TITLES = rule_words("cues.titles")
CALLED = rule_words("cues.called")
NAME_WORDS = rule_words("cues.name_words")
BETWEEN = rule_words("cues.between")
NOT_A_SUBJECT = rule_words("cues.not_a_subject")
GREETINGS = rule_words("cues.greetings")
SIGN_OFFS = rule_words("cues.sign_offs")
# Endings of adjectives: "ik ben genderfluide" tells no name.
NOT_A_NAME = re.compile(
    r"(?:ig|ige|lijk|lijke|isch|ische|eel|ele|ief|ieve|loos|loze|baar|bare|fluide|seksueel|sexueel|ende|achtig|achtige|erig|heid|ingen|tjes|eert|eerd|geslagen)$|^ge.{2,}[dt]$"
)
ARTICLES = rule_words("cues.articles")
POSSESSIVE = rule_words("cues.possessive")
PARTICLES = rule_words("cues.particles")
HUMAN_VERBS = rule_words("cues.human_verbs")
VERBS_AFTER_CALLED = rule_words("cues.verbs_after_called")
CAPITALISED_WORDS = re.compile(
    r"^(?:nederland\w*|belg\w+|turks?\w*|marok\w*|pools\w*|syri\w*|arab\w*|somal\w*|islam\w*|christ\w*|europ\w*|afrik\w*|surin\w*|antil\w*|kerst\w*|pasen|pinksteren|ramadan|suikerfeest|offerfeest|eid|diwali|eritre\w*|oekra\w*|iraa?n\w*|irak\w*|afgha\w*|\w+(?:aanse|eese|sche)|sinter\w*|corona\w*|covid\w*|wmo|digid|[a-z]{1,2})$"
)
