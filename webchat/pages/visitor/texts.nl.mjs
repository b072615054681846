/** The words that the page itself says, in Dutch (B1), as `{{je|u}}` where the form differs. Must hold no phone numbers and no logic. */

import { inBothForms, said } from './address-form.mjs';

export const texts = inBothForms({
  who: { bot: 'Chatbot', visitor: '{{Jij|Ik}}', system: 'Chat' },
  connecting: 'Even verbinding maken…',
  typing: 'De chatbot denkt na…',
  byPerson: ({ from, name }) => (from === 'colleague' ? `${name ?? 'Collega'}, collega` : name ? `${name}, medewerker` : 'Medewerker'),
  away: 'Geen verbinding. We proberen het steeds opnieuw.',
  awayOne: 'Geen verbinding. {{Je|Uw}} bericht staat klaar en gaat mee zodra het kan.',
  awayMore: (count) => `Geen verbinding. ${count} berichten staan klaar en gaan mee zodra het kan.`,
  notYet: '{{Je|Uw}} bericht is nog niet aangekomen. We proberen het steeds opnieuw.',
  back: 'De verbinding is er weer.',
  left: (count) => `Nog ${count} tekens`,
  tooMany: (count) => said`${count} tekens te veel. Maak {{je|uw}} bericht korter of stuur het in delen.`,
  newMessage: 'Meer hieronder',
  talkCard: 'Dit {{kun je|kunt u}} aan iemand laten zien.',
  notLoaded: 'Dit kan nu niet laden. Probeer het zo nog eens.',
  card: {
    open: 'Nu open', closed: 'Nu dicht', call: 'Bel', chat: 'Chat op de website', newTab: ' (opent een nieuw tabblad)',
    cost: 'Kosten', ask: 'Vraag een mens in deze chat',
  },
  chips: { someone: 'Er is iemand', unfree: 'Ik kan niet vrij praten', free: 'Ik kan weer vrij praten', more: '⋯', moreName: 'Meer keuzes' },
  unfreeSaid: 'Ik kan niet vrij praten',
  unfreeTold: 'De medewerker ziet nu dat {{je|u}} niet vrij kunt praten.',
  freeTold: 'De medewerker ziet nu dat {{je|u}} weer vrij kunt praten.',
  freeNoted: 'Goed. {{Je|U}} kunt weer vrij praten.',
  covered: { title: 'Even pauze', back: 'Verder gaan' },
  tools: {
    title: 'Dit gesprek', person: 'Praat met een mens', easy: 'Makkelijke taal', easyIsOn: 'Makkelijke taal staat aan',
    easySaid: 'Zeg het makkelijker', easyOffSaid: 'Gewone taal', codes: 'Codes van vier woorden', code: 'Code om terug te komen', callCode: 'Bel met een code', question: 'Laat een vraag achter', wipe: 'Wis alles', wipeSure: 'Zeker weten? Dan is alles weg.',
    wipeYes: 'Ja, wis alles', wipeNo: 'Nee', ends: (time) => `Dit gesprek gaat vanzelf weg om ${time}. Opnieuw laden wist het ook.`,
    aloud: 'Lees voor', aloudSure: 'Anderen kunnen dit horen. Druk nog een keer als dat mag.', aloudStop: 'Stop met voorlezen',
    kept: (time) => said`Met {{je code kun je|uw code kunt u}} terugkomen tot ${time}. Dan gaat dit gesprek weg.`,
  },
  warning: (time) => said`{{Ben je|Bent u}} er nog? Om ${time} wordt dit gesprek gewist.`,
  stillHere: 'Ik ben er nog',
  ended: {
    wiped: { title: 'Alles is gewist', text: 'Bij ons is niets van dit gesprek over.' },
    gone: { title: 'Dit gesprek is gewist', text: 'Het gesprek was afgelopen, of het heeft te lang stilgelegen. Er is niets van over.' },
    closed: { title: 'Het gesprek is afgesloten', text: 'Alles is gewist. Ook de medewerker ziet er niets meer van.' },
    unsure: { title: '{{Je|Uw}} scherm is leeg', text: 'We konden de chat niet bereiken om te wissen. Binnen 15 minuten wordt het gesprek vanzelf gewist.' },
    help: 'Is er nu gevaar, of {{wil je|wilt u}} iemand spreken? De nummers bovenaan blijven werken.',
    again: 'Nieuw gesprek', question: 'Heeft dit gesprek {{je|u}} geholpen?', unseen: 'De medewerker ziet {{je|uw}} antwoord niet.', thanks: 'Dank {{je|u}} wel.',
    answers: { helped: 'Ja', partly: 'Een beetje', not_helped: 'Nee' },
  },
  page: { close: 'Terug naar het gesprek', failed: 'Deze uitleg kan nu niet laden.' },
});

export const panel = inBothForms({
  title: 'Dit heb ik begrepen',
  intro: 'Klopt iets niet?',
  unknown: 'Weet ik niet of zeg ik liever niet',
  saved: 'Veranderd.',
  notSaved: 'Dat is niet gelukt. Probeer het zo nog eens.',
  remove: (title) => `Haal weg: ${title}`,
  add: 'Voeg een onderwerp toe',
  addFirst: 'Kies een onderwerp',
  topics: 'Waar het over gaat',
  region: 'Regio',
  acute: 'Er is gevaar. Dit {{kun je|kunt u}} hier niet lager zetten.',
  fields: {
    role: { label: 'Wie {{ben je|bent u}}?', values: {
      victim: 'Iemand die het meemaakt', bystander: 'Iemand die zich zorgen maakt', child: 'Jonger dan 18',
      perpetrator: 'Iemand die pijn doet', professional: 'Iemand die dit voor werk doet', unknown: null } },
    urgency: { label: 'Hoe dringend is het?', values: {
      acute: 'Er is nu gevaar', unclear: 'Misschien is er nu gevaar', urgent: 'Vandaag hulp nodig',
      normal: 'Het kan even wachten', none: null } },
    age_band: { label: 'Hoe oud {{ben je|bent u}}?', values: {
      under_8: 'Jonger dan 8', '8_11': '8 tot en met 11', '12_15': '12 tot en met 15', '16_17': '16 of 17',
      adult: '18 tot en met 64', '65_plus': '65 of ouder' } },
    relation: { label: 'Wie doet pijn?', values: {
      partner: 'Partner', ex_partner: 'Ex-partner', parent: 'Ouder', child: 'Kind', sibling: 'Broer of zus',
      other_family: 'Andere familie', carer: 'Verzorger', known_person: 'Een bekende', stranger: 'Een onbekende' } },
    children_present: { label: 'Zijn er kinderen bij?', values: { yes: 'Ja', no: 'Nee' } },
    duration: { label: 'Hoelang duurt het al?', values: {
      lt_1m: 'Korter dan een maand', '1_6m': '1 tot 6 maanden', '6_12m': 'Een half jaar tot een jaar',
      '1_5y': '1 tot 5 jaar', gt_5y: 'Langer dan 5 jaar' } },
  },
  topicNames: {
    partner_violence: 'Geweld door partner of ex', psychological_abuse: 'Kleineren of schelden',
    coercive_control: 'Alles wordt gecontroleerd', child_abuse: 'Een kind wordt mishandeld',
    child_neglect: 'Een kind krijgt te weinig zorg', child_witness: 'Een kind ziet of hoort geweld',
    sexual_violence_recent: 'Seksueel geweld, kort geleden', sexual_violence_past: 'Seksueel geweld van vroeger',
    elder_abuse: 'Een oudere wordt mishandeld', parent_abuse: 'Een kind slaat of bedreigt een ouder',
    honour_violence: 'Bedreigd om de familie-eer', forced_marriage: 'Gedwongen trouwen',
    abandonment_abroad: 'Achtergelaten in het buitenland', fgm: 'Meisjesbesnijdenis',
    human_trafficking: 'Gedwongen werk of seks', stalking: 'Stalking', online_sexual_abuse: 'Naaktbeelden of afpersing',
    financial_abuse: 'Geld wordt afgepakt', complex_divorce: 'Scheiding met veel strijd',
    own_aggression: 'Zelf iemand pijn doen', suicidality: 'Denken aan doodgaan',
    report_about_me: 'Er is over mij gemeld', past_child_abuse: 'Mishandeld als kind',
    carer_overload: 'Zorgen wordt te veel', parental_illness_addiction: 'Zieke of verslaafde ouder',
    marital_captivity: 'Niet mogen scheiden', aftercare: 'Hoe verder na geweld',
    procedure_question: 'Een vraag over hoe het gaat', privacy_question: 'Een vraag over privacy',
    human_request: 'Een mens willen spreken',
  },
  regionNames: {
    'gooi-en-vechtstreek': 'Gooi en Vechtstreek', ijsselland: 'IJsselland', 'hollands-midden': 'Hollands Midden',
    'noord-en-midden-limburg': 'Noord- en Midden-Limburg', 'noord-oost-gelderland': 'Noord Oost Gelderland',
    'noord-holland-noord': 'Noord-Holland Noord', 'zuid-holland-zuid': 'Zuid-Holland Zuid',
  },
});

export const hints = inBothForms({
  noticed: (what) => said`{{Je|U}} noemt ${what}. Weglaten?`,
  why: 'Laat {{je|u}} het staan? Dan haalt de chat weg wat hij herkent. Pas daarna gaat {{je|uw}} bericht verder. Hij mist soms iets.',
  whyEasy: 'Laat {{je|u}} het staan? De chat haalt weg wat hij ziet. Hij ziet niet alles.',
  leaveOut: 'Weglaten',
  asItIs: 'Zo versturen',
  leftOut: 'Weggelaten. Kijk {{je|uw}} bericht na en druk op Stuur.',
  notSent: 'Nog niet verstuurd. Druk nog een keer op Stuur om het zo te sturen.',
  inForm: {
    why: 'Laat {{je|u}} het staan? Dan haalt de chat weg wat hij herkent. Hij mist soms iets.',
    asItIs: 'Zo laten',
    leftOut: 'Weggelaten. Kijk na wat er staat.',
  },
});
