/** The words of the console, in Dutch. Must hold no phone numbers and no logic. */

export const texts = {
  title: 'Medewerkers · Lichtpunt',
  titled: (count) => (count ? `(${count}) Medewerkers · Lichtpunt` : 'Medewerkers · Lichtpunt'),
  close: 'Sluiten',
  cancel: 'Annuleren',
  loading: 'Even laden…',
  notYet: 'Dit onderdeel is nog niet beschikbaar.',
  failed: 'Dat is niet gelukt. Probeer het zo nog eens.',
  noLine: 'De server is niet bereikbaar. Probeer het zo nog eens.',
  saved: 'Opgeslagen.',
  yes: 'Ja',
  no: 'Nee',
  none: 'Geen',
  procedure: 'Nu gevaar: zo doe je het',
  insert: 'Zet in mijn bericht',
};

export const login = {
  title: 'Inloggen',
  intro: 'Console voor medewerkers van de chat.',
  name: 'Naam',
  password: 'Wachtwoord',
  code: 'Code uit je app',
  codeHint: 'Zes cijfers, of een herstelcode. Plakken mag.',
  submit: 'Log in',
  busy: 'Bezig met inloggen…',
  oidc: 'Log in via je organisatie',
  accessibility: 'Toegankelijkheid',
  newTab: ' (opent een nieuw tabblad)',
  or: 'of',
  fill: 'Vul je naam, wachtwoord en code in.',
  locked: { title: 'Scherm op slot', intro: 'Je deed tien minuten niets. Alles is van het scherm gehaald en je bent uitgelogd. Had je nog gesprekken, dan staan die weer vooraan in de rij.' },
  ended: { title: 'Je bent uitgelogd', intro: 'De sessie is afgelopen. Log opnieuw in om verder te gaan.' },
  out: { title: 'Je bent uitgelogd', intro: 'Er staat niets meer op dit scherm. Rust goed uit.' },
  changed: 'Wachtwoord gewijzigd.',
  provider: 'Inloggen via je organisatie is niet gelukt. Probeer het nog eens, of vraag je beheerder.',
};

export const enrol = {
  title: 'Je account klaarmaken',
  steps: (step) => `Stap ${step} van 3`,
  password: { title: 'Kies een wachtwoord', label: 'Nieuw wachtwoord', again: 'Nog een keer hetzelfde wachtwoord',
    hint: 'Minstens 12 tekens. Een zin van een paar woorden is sterk en makkelijk te onthouden. Plakken mag.',
    differ: 'De twee wachtwoorden zijn niet gelijk.', short: 'Dit wachtwoord is te kort. Neem minstens 12 tekens.', next: 'Verder', current: 'Huidig wachtwoord', change: 'Wijzig mijn wachtwoord' },
  app: { title: 'Koppel je app', intro: 'Scan dit plaatje met een app voor inlogcodes op je telefoon.', picture: 'QR-code om te scannen met de app',
    manual: 'Kun je niet scannen? Typ deze sleutel in de app:', link: 'Open in een app op dit apparaat',
    code: 'Code uit de app', hint: 'Zes cijfers. De app maakt elke halve minuut een nieuwe.', next: 'Controleer de code' },
  codes: { title: 'Je herstelcodes', intro: 'Je ziet deze codes maar één keer. Elke code werkt één keer, als je je telefoon niet hebt.',
    hint: 'Druk ze af en leg ze op een veilige plek, of bewaar ze in een wachtwoordkluis. Niet als foto op je telefoon.',
    print: 'Afdrukken', copy: 'Kopiëren', copied: 'Gekopieerd. Plak de codes op een veilige plek.', done: 'Ik heb ze bewaard. Naar inloggen' },
};

export const bar = {
  nav: 'Onderdelen',
  status: 'Mijn status',
  statuses: { available: 'Beschikbaar', busy: 'Bezet', pause: 'Pauze', leaving: 'Einde dienst' },
  most: 'Hoeveel gesprekken tegelijk',
  mostOf: (count) => `max. ${count}`,
  load: (load, most) => `${load} van ${most}`,
  onDuty: (count) => `${count} in dienst`,
  onDutyTitle: 'Wie is er in dienst',
  me: (name) => `${name} (jij)`,
  national: 'landelijk',
  menu: 'Meer',
  shortcuts: 'Sneltoetsen',
  test: 'Geluid proberen',
  soundOff: 'Geluid uitzetten',
  password: 'Wachtwoord wijzigen',
  lock: 'Scherm op slot',
  logout: 'Uitloggen',
  logoutSure: 'Zeker? Open gesprekken gaan terug in de rij',
  demo: 'DEMO: dit zijn geen echte gesprekken',
  line: { down: 'Verbinding weg. We proberen het steeds opnieuw. Je kunt nu niets versturen.', catching: 'Verbinding is terug. Gemiste berichten worden opgehaald…' },
  start: { title: 'Begin je dienst', text: 'Je bent nog niet zichtbaar. Zodra je begint, kun je gesprekken aannemen.', go: 'Begin mijn dienst' },
  leaving: (count) => (count === 1 ? 'Rond eerst je gesprek af. Daarna eindigt je dienst vanzelf.' : `Rond eerst je ${count} gesprekken af. Daarna eindigt je dienst vanzelf.`),
  gone: 'Je bent uit dienst. Tot de volgende keer.',
  pause: { title: 'Dat was een zwaar gesprek', text: 'Neem even pauze. Wil je het nabespreken? Zoek een collega die vrij is:', nobody: 'Er is nu geen collega vrij. Bel je achterwacht als je erover wilt praten.', go: 'Pauze nemen', on: 'Ik ga door' },
  idle: 'Ben je er nog? Over een minuut gaat het scherm op slot.',
};

export const sound = { off: 'Geluid staat uit. Je hoort nieuwe gesprekken niet.', on: 'Geluid aan', failed: 'Geluid werkt hier niet. Let op de rij en op de titel van het tabblad.' };

export const queue = {
  title: 'Wachtrij',
  count: (count) => (count === 0 ? 'niemand wacht' : `${count} ${count === 1 ? 'wacht' : 'wachten'}`),
  empty: 'Er wacht nu niemand.',
  emptyText: 'Een nieuw gesprek verschijnt hier vanzelf.',
  accept: 'Aannemen',
  acceptName: (name) => `Neem ${name} aan`,
  taking: 'Aannemen…',
  waits: (time) => `wacht ${time}`,
  levels: ['', 'Wacht al een halve minuut', 'Wacht al een minuut', 'Wacht lang: iedereen mag aannemen'],
  overdue: 'Wacht op antwoord van een collega: je kunt overnemen',
  elsewhere: 'andere regio',
  chosen: 'Gekozen door de bezoeker',
  noCard: 'De bezoeker koos om niets vooraf te vertellen.',
  noCardYet: 'De kaart is er nog niet. Even geduld.',
  urgentNews: (name) => `Nu gevaar: ${name} wacht.`,
  lost: 'Al aangenomen door een collega.',
  helpAsked: (name, codename) => `${name} vraagt hulp bij ${codename}`,
  returned: {
    colleague_gone: 'Terug in de rij: collega is weggevallen', not_accepted: 'Terug in de rij: bezoeker begon nog niet',
    handed_back: 'Terug in de rij: collega gaf het terug', transferred: 'Doorgezet naar deze regio',
  },
  whyNot: {
    'already-taken': 'Al aangenomen door een collega', 'not-your-turn': 'Eerst voor collega’s in deze regio',
    'not-available': 'Zet je status op Beschikbaar', 'hands-full': 'Je zit aan je maximum',
    'not-sealed-yet': 'De bezoeker is even niet verbonden',
  },
};

export const chat = {
  title: 'Mijn gesprekken',
  empty: 'Je hebt nu geen gesprekken.',
  emptyText: 'Neem links een gesprek aan. Met Alt+0 ga je naar de wachtrij.',
  number: (number) => `Gesprek ${number}`,
  log: (name) => `Berichten van ${name}`,
  who: { visitor: 'Bezoeker', bot: 'Chatbot', mine: 'Jij', counsellor: 'Medewerker', colleague: 'Collega' },
  historyStart: 'Wat de bezoeker liet meelezen',
  historyEnd: 'Vanaf hier praat de bezoeker met een medewerker',
  someColleague: 'Een collega',
  unredacted: 'bewust verstuurd, niet gelakt',
  typing: { visitor: 'bezoeker typt…', colleague: 'collega typt…', counsellor: 'medewerker typt…' },
  delivery: { waiting: 'staat klaar', sending: 'wordt verstuurd', sent: 'verstuurd', failed: 'niet verstuurd' },
  again: 'Opnieuw',
  drop: 'Weggooien',
  waitsSince: (time) => `wacht ${time}`,
  answered: 'beantwoord',
  calling: 'De bezoeker krijgt de vraag om te beginnen…',
  handBack: 'Terug in de rij',
  away: (time) => `Verbinding weg, ${time}. De plek blijft drie minuten vast.`,
  unfree: 'Kan niet vrij praten: stel ja/nee-vragen, kort en neutraal.',
  notAlone: 'Er is iemand bij de bezoeker: wacht, of stel alleen ja/nee-vragen.',
  danger: 'Nu gevaar. De bezoeker zag het noodnummer.',
  role: { shadow: 'Je leest mee. De bezoeker ziet dat.', speaks: 'Je leest mee en mag schrijven.', invited: 'Gevraagd' },
  invited: { transfer: (name) => `${name} vraagt of jij dit gesprek overneemt.`, shadow: (name) => `${name} vraagt of jij meeleest.`,
    yes: 'Ja, dat doe ik', no: 'Nee, nu niet', wait: 'Je zei ja. Nu beslist de bezoeker.' },
  question: {
    transfer: { colleague: (name) => `Gevraagd aan ${name}: overnemen. Wacht op antwoord.`, visitor: (name) => `${name} wil wel. De bezoeker beslist nu.`, region: (name) => `Overdragen aan ${name}: de bezoeker beslist nu.` },
    shadow: { colleague: (name) => `Gevraagd aan ${name}: meelezen. Wacht op antwoord.`, visitor: (name) => `${name} wil meelezen. De bezoeker beslist nu.` },
    to_bot: 'De bezoeker krijgt de vraag om met de chatbot verder te gaan.',
    withdraw: 'Intrekken',
  },
  refused: { colleague: 'De collega kan nu niet.', transfer: 'De bezoeker wil niet naar een ander.', shadow: 'De bezoeker wil niet dat iemand meeleest.', to_bot: 'De bezoeker wil liever met jou verder.' },
  shadows: (name, speaks) => (speaks ? `${name} leest mee en schrijft` : `${name} leest mee`),
  letSpeak: 'Laat schrijven',
  stopReading: 'Stop meelezen',
  judge: { text: 'Een collega vraagt: is dit misbruik van de chat? Lees mee en beslis.', yes: 'Ja, sluit het gesprek', sure: 'Zeker? Alles wordt gewist', no: 'Nee, laat het open' },
  abuseAsked: 'Een collega kijkt mee of dit misbruik is.',
  warned: 'Gewaarschuwd.',
  composer: 'Bericht aan de bezoeker',
  placeholder: 'Typ een bericht, of / voor een zin',
  readOnly: 'Je leest mee, je schrijft niet.',
  notBegun: 'Je kunt schrijven zodra de bezoeker begint.',
  noLine: 'Verbinding weg: versturen kan even niet.',
  catching: 'Gemiste berichten worden opgehaald…',
  send: 'Stuur',
  canned: 'Zinnen',
  info: 'Kaart',
  procedure: 'Noodplan',
  actionsOf: (name) => `Acties bij ${name}`,
  actions: { transfer: 'Overdragen', shadow: 'Meelezen', bot: 'Naar bot', help: 'Hulp', severe: 'Zwaar', warn: 'Waarschuw', abuse: 'Misbruik', end: 'Beëindigen', endSure: 'Zeker?' },
  newer: 'Nieuw bericht',
  states: {
    began: () => 'Het gesprek begint.', joined: (name) => `${name} leest mee.`, left: (name) => `${name} leest niet meer mee.`,
    speaks: (name) => `${name} mag nu ook schrijven.`, transferred: (name) => `Overgedragen aan ${name}.`, line_lost: () => 'De verbinding van de bezoeker viel weg.',
    line_back: () => 'De bezoeker is weer verbonden.', warned: () => 'De bezoeker kreeg een waarschuwing.',
  },
  signals: {
    not_alone: 'Signaal: er is iemand bij de bezoeker.', back: 'Signaal: de bezoeker kan weer praten.', cannot_talk_freely: 'Signaal: de bezoeker kan niet vrij praten.',
    free: 'Signaal: de bezoeker kan vrij praten.', code_word: 'Afgesproken codewoord genoemd.',
  },
  flagged: 'Woorden die op gevaar wijzen. De bezoeker zag het noodnummer.',
  handed: (name) => `${name} is niet meer bij jou.`,
  over: (name) => `Het gesprek met ${name} is afgelopen.`,
};

export const endings = {
  exit: { title: 'Nooduitgang gebruikt', text: 'De bezoeker ging met spoed weg. Stuur niets meer; alles is gewist.' },
  goodbye: { title: 'Netjes gestopt', text: 'De bezoeker sloot het gesprek zelf af. Alles is gewist.' },
  closed: { title: 'Pagina gesloten', text: 'De bezoeker sloot de pagina. Alles is gewist.' },
  line_lost: { title: 'Verbinding weg', text: 'De bezoeker kwam niet terug. Alles is gewist.' },
  counsellor: { title: 'Door jou beëindigd', text: 'Alles is gewist, bij jou en bij de bezoeker.' },
  to_bot: { title: 'Terug naar de bot', text: 'De bezoeker praat weer met de chatbot. Jij leest niet meer mee.' },
  abuse: { title: 'Gesloten wegens misbruik', text: 'Een collega keek mee. Alles is gewist.' },
  expired: { title: 'Tijd voorbij', text: 'Het gesprek duurde zo lang als het mag. Alles is gewist.' },
  unanswered: { title: 'Niet begonnen', text: 'De bezoeker ging niet in op de vraag om te beginnen.' },
  withdrawn: { title: 'Ingetrokken', text: 'De bezoeker wil nu geen medewerker.' },
};

export const transfer = {
  title: (name) => `Overdragen: ${name}`,
  colleague: 'Aan een collega',
  pick: 'Collega',
  region: 'Aan een regio',
  pickRegion: 'Regio',
  back: 'Terug in de rij',
  backText: 'Zet het gesprek vooraan in de wachtrij. De bezoeker krijgt bericht.',
  ask: 'Vraag het',
  text: 'Eerst zegt de collega ja, dan de bezoeker. De kaart gaat mee.',
  regionText: 'De bezoeker moet het goed vinden. Daarna wacht het gesprek in die regio.',
  nobody: 'Er is nu geen andere collega in dienst.',
  shadowTitle: (name) => `Laat meelezen: ${name}`,
  shadowText: 'De collega zegt eerst ja, dan de bezoeker. De bezoeker ziet wie meeleest.',
  abuseTitle: (name) => `Misbruik melden: ${name}`,
  abuseText: 'Een tweede collega leest het gesprek en beslist mee. Zegt die ja, dan sluit het gesprek en is alles gewist.',
};

export const canned = {
  title: 'Zinnen',
  nothing: 'Geen zin gevonden.',
  hint: 'Pijltjes kiezen, Enter zet de zin in je bericht. Je kunt hem nog aanpassen.',
  closedOnly: 'Alleen ja/nee-vragen: de bezoeker kan niet vrij praten.',
  editTitle: 'Zinnen beheren',
  name: 'Zoekwoord', nameHint: 'Kleine letters, cijfers en streepjes. Hiermee vind je de zin.', text: 'Zin', textHint: 'Staat er ‘ja of nee’ in, dan komt de zin ook als iemand niet vrij kan praten.',
  add: 'Zin toevoegen', change: 'Wijzig', save: 'Opslaan', remove: 'Verwijder', removeSure: 'Zeker verwijderen?',
};

export const wrapUp = {
  title: (name) => `Afronden: ${name}`,
  intro: 'Alleen vaste keuzes, om te tellen. Weet je iets niet? Laat het leeg.',
  submit: 'Afronden',
  unknown: 'Weet ik niet',
  kinds: 'Waar ging het over? (meer mag)',
  other: 'Andere onderwerpen',
  more: 'Alle onderwerpen',
  fields: { role: 'Wie', age_band: 'Leeftijd', relation: 'Wie doet pijn', children_present: 'Kinderen erbij', duration: 'Hoelang al', advice: 'Wat deed je', referral: 'Verwezen naar', length: 'Duur gesprek', ending: 'Hoe het eindigde' },
};

export const shortcuts = {
  title: 'Sneltoetsen',
  intro: 'Alleen toetsen met Alt. Losse letters doen niets, dus je kunt gewoon typen.',
  list: [
    ['Alt + 1 tot 4', 'Naar dat gesprek, in het tekstvak'], ['Alt + 0', 'Naar de eerste in de wachtrij'], ['Alt + K', 'Kaart en regio van dit gesprek'],
    ['Alt + G', 'Noodplan van dit gesprek'], ['Alt + H', 'Deze lijst'], ['Enter', 'Bericht versturen'], ['Shift + Enter', 'Nieuwe regel'],
    ['/ aan het begin', 'Zin zoeken'], ['Esc', 'Venster of lijst sluiten'],
  ],
};

export const region = {
  title: 'Regiokaart',
  unknown: 'De bezoeker koos geen regio.',
  partners: 'Nummers en partners', notes: 'Afspraken van het team',
  edit: 'Afspraken wijzigen', save: 'Opslaan',
};

export const pages = {
  chats: 'Gesprekken', questions: 'Vragen', board: 'Bord', rota: 'Rooster', canned: 'Zinnen', belcode: 'Belcode', accounts: 'Accounts', audit: 'Logboek',
};

export const board = {
  title: 'Bord', waiting: 'Wachten nu', longest: 'Langste wachttijd', overdue: 'Wachten op antwoord', people: 'In dienst', hour: 'Het afgelopen uur',
  few: 'Te weinig om te laten zien', refresh: 'Ververs', columns: ['Naam', 'Status', 'Gesprekken', 'Belasting', 'Regio’s'], hourNames: { claimed: 'Aangenomen', typical_wait_seconds: 'Gewone wachttijd' },
};

export const rota = { title: 'Rooster', intro: 'Wie werkt wanneer. Alleen een plan: de chat is open als er echt iemand in dienst is.', days: ['maandag', 'dinsdag', 'woensdag', 'donderdag', 'vrijdag', 'zaterdag', 'zondag'],
  columns: ['Wie', 'Dag', 'Van', 'Tot'], add: 'Dienst toevoegen', exceptions: 'Uitzonderingen', empty: 'Er staat nog niets in het rooster.', save: 'Opslaan', remove: 'Verwijder', date: 'Datum', works: 'Werkt', off: 'Werkt niet', kind: 'Werkt of niet', now: (names) => `Nu ingeroosterd: ${names}`, nobody: 'Nu is niemand ingeroosterd.' };

export const belcode = {
  title: 'Belcode openen', intro: 'De beller noemt vier woorden. De kaart opent één keer; daarna is de code op.', label: 'De vier woorden', submit: 'Open de kaart',
  wrong: 'Deze woorden kennen we niet, of de code is op of te oud.', once: 'Je ziet deze kaart één keer.', gone: 'De kaart is van het scherm gehaald.', hide: 'Kaart weghalen', left: (time) => `Gaat vanzelf weg over ${time}`,
};

export const questions = {
  title: 'Vragen van later', intro: 'Bezoekers lieten deze vragen achter met een code. Wie de code vindt, leest ook het antwoord: schrijf neutraal.', empty: 'Er zijn nu geen open vragen.',
  asked: (hours) => (hours < 1 ? 'korter dan een uur geleden' : `${hours} uur geleden`), answer: 'Antwoord', send: 'Zet het antwoord klaar', sure: 'Zeker? Wijzigen kan niet meer', done: 'Het antwoord staat klaar.',
};

export const accounts = {
  title: 'Accounts', columns: ['Naam', 'Weergavenaam', 'Rollen', 'Regio’s', 'Max', 'Toestand', ''], add: 'Account toevoegen', name: 'Inlognaam', display: 'Weergavenaam', displayHint: 'Voornaam of alias. Meer zien collega’s en bezoekers niet.',
  roles: 'Rollen', regions: 'Regio’s (leeg is landelijk)', skills: 'Specialisaties', most: 'Meeste gesprekken tegelijk', save: 'Opslaan', change: 'Wijzig', disable: 'Blokkeer', disableSure: 'Zeker blokkeren?', enable: 'Deblokkeer',
  newLink: 'Nieuwe link', newLinkSure: 'Zeker? Oude inlog vervalt', link: 'Eenmalige link voor deze persoon. Geef hem zelf door; je ziet hem maar één keer.', copy: 'Kopieer', active: 'actief', disabled: 'geblokkeerd', notEnrolled: 'nog niet klaar',
  waits: 'Een tweede beheerder moet dit bevestigen.', approvals: 'Wacht op een tweede beheerder', approve: 'Bevestig', noApprovals: 'Er wacht niets op bevestiging.',
  kinds: { roles: (roles) => `Rollen geven: ${roles}`, second_factor: () => 'Tweede factor opnieuw instellen' },
};

export const audit = { title: 'Logboek', intro: 'Wie deed wat wanneer, met een schuilnaam en zonder inhoud.', columns: ['Nr', 'Tijd (UTC)', 'Wie', 'Wat', 'Resultaat'], whole: 'De keten klopt.', broken: 'De keten klopt niet. Meld dit meteen.', more: 'Meer laden', empty: 'Er is nog niets vastgelegd.' };
