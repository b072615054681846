/** The names of the closed lists, in Dutch. The codes are those of the API. Must hold no logic beyond looking a name up. */

export const roles = {
  victim: 'Maakt het zelf mee', bystander: 'Omstander', child: 'Jonger dan 18', perpetrator: 'Doet zelf pijn', professional: 'Vanuit het werk', unknown: 'Onbekend',
};

export const urgencies = { acute: 'Nu gevaar', unclear: 'Misschien gevaar', urgent: 'Vandaag', normal: 'Kan even wachten', none: 'Niet gezegd' };

export const ages = { under_8: 'Jonger dan 8', '8_11': '8 tot en met 11', '12_15': '12 tot en met 15', '16_17': '16 of 17', adult: '18 tot en met 64', '65_plus': '65 of ouder' };

export const relations = {
  partner: 'Partner', ex_partner: 'Ex-partner', parent: 'Ouder', child: 'Kind', sibling: 'Broer of zus', other_family: 'Andere familie', carer: 'Verzorger', known_person: 'Een bekende', stranger: 'Een onbekende',
};

export const yesNo = { yes: 'Ja', no: 'Nee' };

export const durations = { lt_1m: 'Korter dan een maand', '1_6m': '1 tot 6 maanden', '6_12m': 'Half jaar tot een jaar', '1_5y': '1 tot 5 jaar', gt_5y: 'Langer dan 5 jaar' };

export const advices = { listened: 'Geluisterd', information: 'Uitleg gegeven', thought_along: 'Meegedacht', safety_plan: 'Plan voor veiligheid', referred: 'Verwezen', emergency: 'Noodhulp', nothing: 'Geen advies' };

export const lengths = { lt_10m: 'Korter dan 10 minuten', '10_30m': '10 tot 30 minuten', '30_60m': '30 tot 60 minuten', gt_60m: 'Langer dan een uur' };

export const hopes = { advice: 'Advies', listen: 'Iemand die luistert', plan: 'Samen een plan maken', unsure: 'Weet ik nog niet' };

export const freedoms = { yes: 'Kan vrij praten', no: 'Kan niet vrij praten', unknown: 'Weet niet of vrij praten kan' };

/** The kinds a wrap-up shows at once; the others are behind one press. */
export const topics = {
  partner_violence: 'Geweld door partner of ex', psychological_abuse: 'Kleineren of schelden', coercive_control: 'Dwingende controle', child_abuse: 'Kindermishandeling',
  child_neglect: 'Verwaarlozing van een kind', child_witness: 'Kind ziet geweld', sexual_violence_recent: 'Seksueel geweld, kort geleden', sexual_violence_past: 'Seksueel geweld van vroeger',
  elder_abuse: 'Ouderenmishandeling', parent_abuse: 'Kind slaat ouder', honour_violence: 'Eergerelateerd geweld', stalking: 'Stalking', online_sexual_abuse: 'Naaktbeelden of afpersing',
  financial_abuse: 'Financieel misbruik', complex_divorce: 'Scheiding met veel strijd', own_aggression: 'Eigen agressie', suicidality: 'Denken aan doodgaan',
};

export const moreTopics = {
  forced_marriage: 'Gedwongen huwelijk', abandonment_abroad: 'Achterlating in het buitenland', fgm: 'Meisjesbesnijdenis', human_trafficking: 'Mensenhandel', report_about_me: 'Er is over mij gemeld',
  past_child_abuse: 'Mishandeld als kind', carer_overload: 'Overbelaste zorg', parental_illness_addiction: 'Zieke of verslaafde ouder', marital_captivity: 'Huwelijkse gevangenschap', aftercare: 'Hoe verder na geweld',
  procedure_question: 'Vraag over hoe het gaat', privacy_question: 'Vraag over privacy', human_request: 'Wilde een mens spreken', smalltalk: 'Een praatje', out_of_scope: 'Iets anders', abuse_of_service: 'Misbruik van de chat', other_language: 'Andere taal',
};

export const staffRoles = { counsellor: 'Medewerker', piket: 'Piket', coordinator: 'Coördinator', administrator: 'Beheerder', auditor: 'Controleur' };

export const skills = { child: 'Kinderen', sexual_violence: 'Seksueel geweld', honour: 'Eer', languages: 'Talen', night: 'Nacht', youth: 'Jeugd' };

export const flags = { cannot_talk_freely: 'Niet vrij', not_alone: 'Niet alleen' };

export const auditActions = {
  login: 'Ingelogd', logout: 'Uitgelogd', password_changed: 'Wachtwoord gewijzigd', enrolled: 'Account klaargemaakt', account_added: 'Account toegevoegd', account_changed: 'Account gewijzigd', account_disabled: 'Account geblokkeerd',
  roles_granted: 'Rollen gegeven', second_factor_reset: 'Tweede factor opnieuw', audit_read: 'Logboek gelezen', on_duty: 'In dienst', off_duty: 'Uit dienst', chat_claimed: 'Gesprek aangenomen', chat_released: 'Gesprek teruggezet',
  chat_ended: 'Gesprek beëindigd', chat_to_bot: 'Terug naar de bot', chat_transferred: 'Overdracht', chat_shadowed: 'Meelezen', help_called: 'Hulp gevraagd', abuse_ended: 'Misbruik', card_opened: 'Belkaart geopend',
  question_answered: 'Vraag beantwoord', team_changed: 'Team gewijzigd', rota_changed: 'Rooster gewijzigd', replies_changed: 'Zinnen gewijzigd', statistics_released: 'Cijfers vrijgegeven',
};

export const auditResults = { done: 'gedaan', refused: 'geweigerd', asked: 'gevraagd', alone: 'alleen gedaan' };

export const regions = {
  'amsterdam-amstelland': 'Amsterdam-Amstelland', drenthe: 'Drenthe', flevoland: 'Flevoland', friesland: 'Friesland', 'gelderland-midden': 'Gelderland-Midden', 'gelderland-zuid': 'Gelderland-Zuid',
  'gooi-en-vechtstreek': 'Gooi en Vechtstreek', groningen: 'Groningen', haaglanden: 'Haaglanden', 'hollands-midden': 'Hollands Midden', ijsselland: 'IJsselland', kennemerland: 'Kennemerland', 'midden-brabant': 'Midden-Brabant',
  'noord-en-midden-limburg': 'Noord- en Midden-Limburg', 'noord-holland-noord': 'Noord-Holland Noord', 'noord-oost-gelderland': 'Noord Oost Gelderland', 'oost-brabant': 'Oost-Brabant', 'rotterdam-rijnmond': 'Rotterdam-Rijnmond',
  twente: 'Twente', utrecht: 'Utrecht', 'west-brabant': 'West-Brabant', 'zaanstreek-waterland': 'Zaanstreek-Waterland', zeeland: 'Zeeland', 'zuid-holland-zuid': 'Zuid-Holland Zuid', 'zuid-limburg': 'Zuid-Limburg',
};

/** @param {Record<string, string>} list @param {string | null | undefined} code @returns {string} the code itself when it has no name here */
export const named = (list, code) => (code ? list[code] ?? code : '');

/** @param {string} code */
export const topicName = (code) => topics[code] ?? moreTopics[code] ?? code;
