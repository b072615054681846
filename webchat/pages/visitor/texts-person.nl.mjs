/** What the page says about talking with a person and about codes, in Dutch (B1; children A2), as `{{je|u}}` where the form differs. Must hold no phone numbers and no logic. */

import { inBothForms, said } from './address-form.mjs';

const list = (names) => (names.length > 1 ? `${names.slice(0, -1).join(', ')} en ${names.at(-1)}` : names[0]);

export const ask = inBothForms({
  title: 'Praten met een mens',
  lines: [
    'Een chat geeft advies. Het is geen melding.',
    '{{Je|U}} kunt advies krijgen zonder {{je|uw}} naam te zeggen.',
    'Is iemand in groot gevaar? Dan moet een medewerker soms iets doen, ook als {{jij|u}} dat niet wilt.',
  ],
  linesChild: [
    'Je krijgt raad van een mens. Het is geen melding.',
    'Je hoeft niet te zeggen hoe je heet.',
    'Is er groot gevaar? Dan moet die mens soms iets doen, ook als jij dat niet wilt.',
  ],
  free: 'Er is nu iemand.',
  nobodyWaits: 'Er wacht niemand voor {{je|u}}.',
  busy: (count) => (count === 1 ? 'Er wacht 1 ander.' : `Er wachten ${count} anderen.`),
  elsewhere: 'Er is nu niemand uit {{jouw|uw}} regio. Wel iemand uit een andere regio. Die kan met {{je|u}} praten en advies geven. Moet er bij {{jou|u}} in de buurt iets gebeuren? Dan gaat dat via Veilig Thuis in {{jouw|uw}} regio.',
  elsewhereChild: 'Er is nu niemand uit jouw buurt. Wel een mens van ergens anders. Die kan ook met je praten.',
  intro: 'Kies wat de medewerker mag zien. Alles mag leeg blijven.',
  introChild: 'Kies wat die mens mag weten. Alles mag leeg blijven.',
  unsaid: 'Liever niet zeggen',
  child: 'Dat ik jonger ben dan 18',
  topics: 'Waar gaat het over?',
  addTopic: 'Nog een onderwerp',
  none: 'Geen',
  regionWhy: 'Waar degene woont om wie het gaat.',
  regionChild: 'In welk deel van Nederland woon je?',
  hope: 'Wat {{hoop je|hoopt u}}?',
  hopes: { advice: 'Advies', listen: 'Dat iemand luistert', plan: 'Samen een plan maken', unsure: 'Dat weet ik nog niet' },
  hopesChild: { advice: 'Raad', listen: 'Dat iemand luistert', plan: 'Samen bedenken wat ik kan doen', unsure: 'Weet ik niet' },
  free_to_talk: '{{Kun je|Kunt u}} vrij praten?',
  frees: { yes: 'Ja', no: 'Nee, iemand kan meekijken', unknown: 'Weet ik niet' },
  conversation: 'Wat er in deze chat is gezegd',
  more: 'Nog iets erbij zetten',
  ownWords: 'In {{je|uw}} eigen woorden',
  ownWordsWhy: 'Bijvoorbeeld wat {{je|u}} hoopt. Hooguit 200 tekens. Namen en adressen halen we weg.',
  word: 'Een codewoord',
  wordWhy: 'Is het even stil geweest? Dan vraagt de medewerker naar dit woord. Zo weet die dat {{jij|u}} het bent.',
  wordWhyChild: 'Een geheim woord voor jou en die mens. Zo weet die zeker dat jij het bent.',
  send: 'Vraag een medewerker',
  sendChild: 'Vraag een mens',
  callCode: 'Maak een code',
  cancel: 'Toch niet',
});

export const nobody = inBothForms({
  title: 'Nu is er niemand in de chat',
  text: 'Bellen kan wel. {{Je|U}} kunt ook kiezen:',
  question: 'Laat een vraag achter',
  call: 'Bel met een code',
  stay: 'Verder met de chatbot',
});

export const waiting = inBothForms({
  title: '{{Je|U}} staat in de rij',
  place: (place) => said`{{Je|U}} bent nummer ${place}.`,
  front: '{{Je|U}} was al aan de beurt. Daarom {{sta je|staat u}} vooraan.',
  typical: (count) => `Meestal duurt het ongeveer ${count === 1 ? 'een minuut' : `${count} minuten`}.`,
  unknown: 'Hoe lang weten we niet.',
  soon: 'Er is zo iemand voor {{je|u}}.',
  elsewhere: 'Het wordt iemand uit een andere regio.',
  bot: '{{Je|U}} kunt gewoon blijven praten met de chatbot. {{Je houdt je|U houdt uw}} plek.',
  botChild: 'Je kunt met de chatbot blijven praten. Je houdt je plek.',
  line: 'Valt de lijn weg? Bel dan',
  code: 'Liever bellen met een code',
  stop: 'Stop met wachten',
  seen: 'Dit ziet de medewerker',
  seenNothing: 'Niets. Alleen dat {{je|u}} wilt praten.',
  leftOut: (kinds) => `Weggehaald: ${kinds}.`,
  how: 'Hoe gaat een chat met een mens?',
  hows: [
    '{{Je|U}} ziet eerst wie het is. {{Jij zegt of je|U zegt of u}} begint.',
    '{{Je|U}} mag rustig typen. Stil zijn mag ook.',
    'De medewerker ziet niet wat {{je|u}} typt voordat {{je|u}} het stuurt.',
    '{{Je|U}} kunt altijd stoppen, of terug naar de chatbot.',
  ],
  calm: 'Rustig ademen',
  breath: ['Adem in door {{je|uw}} neus. Tel tot vier.', 'Adem langzaam uit. Tel tot zes.', 'Doe dit vijf keer. Kijk mee met de cirkel als dat helpt.'],
  pause: 'Zet de cirkel stil',
});

export const offer = inBothForms({
  title: 'Er is iemand voor {{je|u}}. Nu beginnen?',
  named: (name) => `Dat is ${name}, medewerker van Veilig Thuis.`,
  yes: 'Ja, begin',
  no: 'Nee, stop met wachten',
});

export const consent = { yes: 'Ja, dat mag', no: 'Nee', yesBot: 'Ja, naar de chatbot', noBot: 'Nee, ik praat door' };

export const company = inBothForms({
  unknown: 'een medewerker',
  with: (name) => said`{{Je|U}} praat met ${name}${name === 'een medewerker' ? '' : ', medewerker'}`,
  reads: (name) => `${name}, collega, leest mee`,
  writes: (name) => `${name}, collega, schrijft mee`,
  toBot: 'Terug naar de chatbot',
  toBotSure: 'Weg bij de medewerker?',
  toBotYes: 'Ja, naar de chatbot',
  toBotNo: 'Nee, blijf',
  botAgain: '{{Je|U}} praat weer met de chatbot.',
  types: (name) => `${name} typt…`,
});

export const anyway = inBothForms({
  left: (kinds) => said`Weggehaald uit {{je|uw}} bericht: ${kinds}.`,
  why: (names) => `Moet de medewerker dat wel weten, bijvoorbeeld voor hulp? Stuur het dan toch. Alleen ${names.length ? `${list(names)} ${names.length > 1 ? 'lezen' : 'leest'}` : 'de medewerker leest'} het, en wie dit gesprek overneemt. Het wordt gewist met de chat.`,
  send: 'Toch sturen',
  keep: 'Zo laten',
  sent: 'Toch gestuurd, met alles erin.',
});

export const kinds = {
  person: 'een naam', phone: 'een telefoonnummer', email: 'een e-mailadres', address: 'een adres', postcode: 'een postcode',
  place: 'een plaats', organisation: 'de naam van een school, werk of club', date_of_birth: 'een geboortedatum',
  bsn: 'een burgerservicenummer', iban: 'een rekeningnummer', plate: 'een kenteken', url: 'een link',
  handle: 'een gebruikersnaam', ip: 'een internetadres', case_number: 'een zaaknummer', other: 'iets persoonlijks',
};

export const listed = list;

export const codes = inBothForms({
  words: '{{Jouw|Uw}} code',
  write: 'Onthoud de vier woorden, of schrijf ze op een veilige plek. {{Je|U}} kunt ze ook hardop zeggen. Ze staan hier maar één keer.',
  until: (moment) => `Geldig tot ${moment}.`,
  done: 'Klaar',
  cancel: 'Toch niet',
  failed: 'Dat is niet gelukt. Probeer het zo nog eens.',
  back: {
    title: 'Code om terug te komen',
    text: 'Met vier woorden {{kom je|komt u}} terug in dit gesprek, ook op een ander apparaat. De code werkt één keer.',
    kept: 'Sluit {{je|u}} daarna deze pagina? Dan blijft het gesprek staan tot de code niet meer geldt.',
    warning: 'Let op: wie het papier vindt, kan alles meelezen.',
    wipes: '‘Verlaat deze site’ en ‘Wis alles’ wissen het gesprek nog steeds. Dan werkt de code niet meer.',
    make: 'Maak een code',
  },
  call: {
    title: 'Bellen met een code',
    text: '{{Je|U}} krijgt vier woorden. Zeg ze aan de telefoon. Dan kan de medewerker {{jouw|uw}} kaart lezen, en {{hoef je|hoeft u}} niet opnieuw te beginnen. Het gesprek in deze chat gaat niet mee.',
    textChild: 'Je krijgt vier woorden. Zeg ze aan de telefoon. Dan weet die mens al wat jij hier kiest.',
    say: 'Bel, en zeg deze vier woorden. De code werkt één keer. Lukt het niet met de code? Dan helpen ze {{je|u}} ook zonder.',
    phone: (words) => `Bel ${words}`,
  },
  question: {
    title: 'Een vraag achterlaten',
    text: 'Een medewerker leest {{je|uw}} vraag later en schrijft een antwoord. {{Je|U}} haalt het op met vier woorden. Dat kan op de eerste pagina, bij ‘Ik heb een code’. Wanneer het antwoord er is, weten we niet. Na 7 dagen is alles weg.',
    danger: 'Is er gevaar of haast? Wacht dan niet op een antwoord. Bel.',
    warning: 'Let op: wie de code vindt, kan het antwoord lezen.',
    label: '{{Je|Uw}} vraag',
    why: 'Namen en adressen halen we weg.',
    region: (name) => `Voor Veilig Thuis in ${name}`,
    send: 'Laat achter',
    seen: 'Zo leest de medewerker {{je|uw}} vraag',
  },
  enter: {
    title: 'Ik heb een code',
    label: '{{Jouw|Uw}} vier woorden',
    why: 'Hoofdletters maken niet uit.',
    go: 'Verder',
    empty: 'Vul de vier woorden in.',
    looking: 'Even kijken…',
    back: '{{Je bent terug in je|U bent terug in uw}} gesprek. Deze code is nu op.',
    openTitle: 'Er is nog geen antwoord',
    open: '{{Je|Uw}} vraag staat er nog. Probeer het later nog eens met dezelfde code.',
    title_answer: 'Antwoord van een medewerker',
    shared: 'Wie de code heeft, kan dit ook lezen. Klaar met lezen? Wis het dan.',
    wipe: 'Wis vraag en antwoord',
    wiped: 'Vraag en antwoord zijn gewist. De code werkt niet meer.',
    close: 'Sluiten',
  },
});

export const talkCard = {
  name: 'Kaart om te laten zien',
  close: 'Sluiten',
  again: 'Laat groot zien',
};
