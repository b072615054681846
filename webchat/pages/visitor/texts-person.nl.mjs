/** What the page says about talking with a person and about codes, in Dutch (B1; children A2). Must hold no phone numbers and no logic. */

const list = (names) => (names.length > 1 ? `${names.slice(0, -1).join(', ')} en ${names.at(-1)}` : names[0]);

export const ask = {
  title: 'Praten met een mens',
  lines: [
    'Een chat geeft advies. Het is geen melding.',
    'Je kunt advies krijgen zonder je naam te zeggen.',
    'Is iemand in groot gevaar? Dan moet een medewerker soms iets doen, ook als jij dat niet wilt.',
  ],
  linesChild: [
    'Je krijgt raad van een mens. Het is geen melding.',
    'Je hoeft niet te zeggen hoe je heet.',
    'Is er groot gevaar? Dan moet die mens soms iets doen, ook als jij dat niet wilt.',
  ],
  free: 'Er is nu iemand.',
  nobodyWaits: 'Er wacht niemand voor je.',
  busy: (count) => (count === 1 ? 'Er wacht 1 ander.' : `Er wachten ${count} anderen.`),
  elsewhere: 'Er is nu niemand uit jouw regio. Wel iemand uit een andere regio. Die kan met je praten en advies geven. Moet er bij jou in de buurt iets gebeuren? Dan gaat dat via Veilig Thuis in jouw regio.',
  elsewhereChild: 'Er is nu niemand uit jouw buurt. Wel een mens van ergens anders. Die kan ook met je praten.',
  intro: 'Kies wat de medewerker mag zien. Alles mag leeg blijven.',
  introChild: 'Kies wat die mens mag weten. Alles mag leeg blijven.',
  unsaid: 'Liever niet zeggen',
  child: 'Dat ik jonger ben dan 18',
  topics: 'Waar gaat het over?',
  addTopic: 'Nog een onderwerp',
  none: 'Geen',
  hope: 'Wat hoop je?',
  hopes: { advice: 'Advies', listen: 'Dat iemand luistert', plan: 'Samen een plan maken', unsure: 'Dat weet ik nog niet' },
  hopesChild: { advice: 'Raad', listen: 'Dat iemand luistert', plan: 'Samen bedenken wat ik kan doen', unsure: 'Weet ik niet' },
  free_to_talk: 'Kun je vrij praten?',
  frees: { yes: 'Ja', no: 'Nee, iemand kan meekijken', unknown: 'Weet ik niet' },
  conversation: 'Wat er in deze chat is gezegd',
  more: 'Nog iets erbij zetten',
  ownWords: 'In je eigen woorden',
  ownWordsWhy: 'Bijvoorbeeld wat je hoopt. Hooguit 200 tekens. Namen en adressen halen we weg.',
  word: 'Een codewoord',
  wordWhy: 'Is het even stil geweest? Dan vraagt de medewerker naar dit woord. Zo weet die dat jij het bent.',
  wordWhyChild: 'Een geheim woord voor jou en die mens. Zo weet die zeker dat jij het bent.',
  send: 'Vraag een medewerker',
  sendChild: 'Vraag een mens',
  callCode: 'Maak een code',
  cancel: 'Toch niet',
};

export const nobody = {
  title: 'Nu is er niemand in de chat',
  text: 'Bellen kan wel. Je kunt ook kiezen:',
  question: 'Laat een vraag achter',
  call: 'Bel met een code',
  stay: 'Verder met de chatbot',
};

export const waiting = {
  title: 'Je staat in de rij',
  place: (place) => `Je bent nummer ${place}.`,
  front: 'Je was al aan de beurt. Daarom sta je vooraan.',
  typical: (count) => `Meestal duurt het ongeveer ${count === 1 ? 'een minuut' : `${count} minuten`}.`,
  unknown: 'Hoe lang weten we niet.',
  soon: 'Er is zo iemand voor je.',
  elsewhere: 'Het wordt iemand uit een andere regio.',
  bot: 'Je kunt gewoon blijven praten met de chatbot. Je houdt je plek.',
  botChild: 'Je kunt met de chatbot blijven praten. Je houdt je plek.',
  line: 'Valt de lijn weg? Bel dan',
  code: 'Liever bellen met een code',
  stop: 'Stop met wachten',
  seen: 'Dit ziet de medewerker',
  seenNothing: 'Niets. Alleen dat je wilt praten.',
  leftOut: (kinds) => `Weggehaald: ${kinds}.`,
  how: 'Hoe gaat een chat met een mens?',
  hows: [
    'Je ziet eerst wie het is. Jij zegt of je begint.',
    'Je mag rustig typen. Stil zijn mag ook.',
    'De medewerker ziet niet wat je typt voordat je het stuurt.',
    'Je kunt altijd stoppen, of terug naar de chatbot.',
  ],
  calm: 'Rustig ademen',
  breath: ['Adem in door je neus. Tel tot vier.', 'Adem langzaam uit. Tel tot zes.', 'Doe dit vijf keer. Kijk mee met de cirkel als dat helpt.'],
  pause: 'Zet de cirkel stil',
};

export const offer = {
  title: 'Er is iemand voor je. Nu beginnen?',
  named: (name) => `Dat is ${name}, medewerker van Veilig Thuis.`,
  yes: 'Ja, begin',
  no: 'Nee, stop met wachten',
};

export const consent = { yes: 'Ja, dat mag', no: 'Nee', yesBot: 'Ja, naar de chatbot', noBot: 'Nee, ik praat door' };

export const company = {
  unknown: 'een medewerker',
  with: (name) => `Je praat met ${name}${name === 'een medewerker' ? '' : ', medewerker'}`,
  reads: (name) => `${name}, collega, leest mee`,
  writes: (name) => `${name}, collega, schrijft mee`,
  toBot: 'Terug naar de chatbot',
  toBotSure: 'Weg bij de medewerker?',
  toBotYes: 'Ja, naar de chatbot',
  toBotNo: 'Nee, blijf',
  botAgain: 'Je praat weer met de chatbot.',
  types: (name) => `${name} typt…`,
};

export const anyway = {
  left: (kinds) => `Weggehaald uit je bericht: ${kinds}.`,
  why: (names) => `Moet de medewerker dat wel weten, bijvoorbeeld voor hulp? Stuur het dan toch. Alleen ${names.length ? `${list(names)} ${names.length > 1 ? 'lezen' : 'leest'}` : 'de medewerker leest'} het, en wie dit gesprek overneemt. Het wordt gewist met de chat.`,
  send: 'Toch sturen',
  keep: 'Zo laten',
  sent: 'Toch gestuurd, met alles erin.',
};

export const kinds = {
  person: 'een naam', phone: 'een telefoonnummer', email: 'een e-mailadres', address: 'een adres', postcode: 'een postcode',
  place: 'een plaats', organisation: 'de naam van een school, werk of club', date_of_birth: 'een geboortedatum',
  bsn: 'een burgerservicenummer', iban: 'een rekeningnummer', plate: 'een kenteken', url: 'een link',
  handle: 'een gebruikersnaam', ip: 'een internetadres', case_number: 'een zaaknummer', other: 'iets persoonlijks',
};

export const listed = list;

export const codes = {
  words: 'Jouw code',
  write: 'Onthoud de vier woorden, of schrijf ze op een veilige plek. Je kunt ze ook hardop zeggen. Ze staan hier maar één keer.',
  until: (moment) => `Geldig tot ${moment}.`,
  done: 'Klaar',
  cancel: 'Toch niet',
  failed: 'Dat is niet gelukt. Probeer het zo nog eens.',
  back: {
    title: 'Code om terug te komen',
    text: 'Met vier woorden kom je terug in dit gesprek, ook op een ander apparaat. De code werkt één keer.',
    kept: 'Sluit je daarna deze pagina, dan blijft het gesprek staan tot de code niet meer geldt.',
    warning: 'Let op: wie het papier vindt, kan alles meelezen.',
    wipes: '‘Verlaat deze site’ en ‘Wis alles’ wissen het gesprek nog steeds. Dan werkt de code niet meer.',
    make: 'Maak een code',
  },
  call: {
    title: 'Bellen met een code',
    text: 'Je krijgt vier woorden. Zeg ze aan de telefoon. Dan kan de medewerker jouw kaart lezen, en hoef je niet opnieuw te beginnen. Het gesprek in deze chat gaat niet mee.',
    textChild: 'Je krijgt vier woorden. Zeg ze aan de telefoon. Dan weet die mens al wat jij hier kiest.',
    say: 'Bel, en zeg deze vier woorden. De code werkt één keer. Lukt het niet met de code? Dan helpen ze je ook zonder.',
    phone: (words) => `Bel ${words}`,
  },
  question: {
    title: 'Een vraag achterlaten',
    text: 'Een medewerker leest je vraag later en schrijft een antwoord. Je haalt het op met vier woorden, hier op de eerste pagina bij ‘Ik heb een code’. Wanneer het antwoord er is, weten we niet. Na 7 dagen is alles weg.',
    danger: 'Is er gevaar of haast? Wacht dan niet op een antwoord. Bel.',
    warning: 'Let op: wie de code vindt, kan het antwoord lezen.',
    label: 'Je vraag',
    why: 'Namen en adressen halen we weg.',
    region: (name) => `Voor Veilig Thuis in ${name}`,
    send: 'Laat achter',
    seen: 'Zo leest de medewerker je vraag',
  },
  enter: {
    title: 'Ik heb een code',
    label: 'Jouw vier woorden',
    why: 'Hoofdletters maken niet uit.',
    go: 'Verder',
    empty: 'Vul de vier woorden in.',
    looking: 'Even kijken…',
    back: 'Je bent terug in je gesprek. Deze code is nu op.',
    openTitle: 'Er is nog geen antwoord',
    open: 'Je vraag staat er nog. Probeer het later nog eens met dezelfde code.',
    title_answer: 'Antwoord van een medewerker',
    shared: 'Wie de code heeft, kan dit ook lezen. Klaar met lezen? Wis het dan.',
    wipe: 'Wis vraag en antwoord',
    wiped: 'Vraag en antwoord zijn gewist. De code werkt niet meer.',
    close: 'Sluiten',
  },
};

export const talkCard = {
  name: 'Kaart om te laten zien',
  close: 'Sluiten',
  again: 'Laat groot zien',
};
