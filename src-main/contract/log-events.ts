interface LogEventEntry {
  readonly level: 'note' | 'warn';
  /** What has happened, for whoever reads the journal. */
  readonly meaning: string;
  /** What IT does; null when there is nothing to do. */
  readonly action: string | null;
}

const atTheDistrict = 'Look at the intake and its database at the district.';
const lookAtDisk = 'skranke doctor looks at the disk and the database.';

/**
 * Every event that a log of ours may hold, at the kiosk and at the intake. The types of `Log` are made of it, and so is
 * docs/log-events.md (`skranke log-events`).
 */
export const logEvents = {
  opened: {
    level: 'note',
    meaning: 'The kiosk is open: its number, its mode, whether it can seal and has a station key.',
    action: 'canSeal must be true. Without a station key pair a desk.',
  },
  purged: {
    level: 'note',
    meaning: 'Reports and audit lines past their time were deleted.',
    action: null,
  },
  'delivery-slower': {
    level: 'note',
    meaning: 'A batch did not get through; smaller ones are tried.',
    action: null,
  },
  'batch-kept': {
    level: 'note',
    meaning: 'The intake has kept a batch.',
    action: null,
  },
  'kiosk-registered': {
    level: 'note',
    meaning: 'A kiosk has registered its key with a one-time code.',
    action: 'Look whether this kiosk was to be enrolled.',
  },
  'kiosk-key-renewed': {
    level: 'note',
    meaning: 'A kiosk has renewed its signing key; the new one was vouched for by the old one.',
    action: null,
  },
  'report-transferred': {
    level: 'note',
    meaning: 'A report was handed to another district.',
    action: null,
  },
  'kiosk-code-made': {
    level: 'note',
    meaning: 'An administrator has made a code for a kiosk on the page of the intake.',
    action: null,
  },
  'kiosk-revoked': {
    level: 'note',
    meaning: 'What this kiosk signs counts no more.',
    action: null,
  },
  'contact-shown': {
    level: 'note',
    meaning: 'Somebody had hidden contact of reports shown at the district.',
    action: 'It must have been asked for by whoever works on the case.',
  },
  'content-staged': {
    level: 'note',
    meaning: "A district's package of content was found right and lies ready for its time.",
    action: null,
  },
  'content-activated': {
    level: 'note',
    meaning: "A district's package of content is on the screen.",
    action: null,
  },
  'content-refused': {
    level: 'warn',
    meaning: "A district's package of content is not taken; what was there stays.",
    action: 'skranke content status says why.',
  },
  'content-rolled-back': {
    level: 'warn',
    meaning: "A district's package of content was left again for what was there before.",
    action: 'skranke content status says why.',
  },
  'content-not-stored': {
    level: 'warn',
    meaning:
      "What is known of the district's packages of content could not be read or written; it is tried again.",
    action: lookAtDisk,
  },
  'content-interrupted': {
    level: 'warn',
    meaning: 'Asking the district for content failed in the program itself; it is asked again.',
    action: null,
  },
  'content-shelf-lost': {
    level: 'warn',
    meaning:
      'What was noted of packages of content could not be read and was put aside; the kiosk shows what ships until the district has sent its content again.',
    action: 'skranke content install brings it back at once; doctor looks at the disk.',
  },
  'content-left-out': {
    level: 'warn',
    meaning: 'A piece of content has a mistake or is past its review, and is left out where it must be.',
    action: 'skranke content check names every one.',
  },
  'screen-too-high': {
    level: 'warn',
    meaning: 'The screen hangs so high that "Lower" cannot bring every button into reach.',
    action: 'Hang it lower, or correct screen.heightMm and screen.bottomMm.',
  },
  'desk-network': {
    level: 'warn',
    meaning: 'Desks over the network are not served.',
    action: 'skranke doctor says why; the rest of the kiosk runs.',
  },
  refused: {
    level: 'warn',
    meaning: 'A call was turned away; told at the first, tenth, hundredth time.',
    action: 'Many from a desk or a page that nobody knows: look who is on the network.',
  },
  'store-health': {
    level: 'warn',
    meaning: 'The database changed how it is: reports are taken only while it is well.',
    action: lookAtDisk,
  },
  'audit-head-does-not-fit': {
    level: 'warn',
    meaning:
      'The end of the audit log that the kiosk signed last is not there any more, or its signature is not its own.',
    action:
      'Somebody has changed the database. skranke audit verify says from which line; keep the data folder aside.',
  },
  'store-reopen-failed': {
    level: 'warn',
    meaning: 'The database could not be opened again; it is tried anew.',
    action: lookAtDisk,
  },
  'copy-failed': {
    level: 'warn',
    meaning: 'A copy of the database, for a backup or for doctor, could not be made.',
    action: lookAtDisk,
  },
  'submit-disk-error': {
    level: 'warn',
    meaning: 'A report could not be stored; the visitor was asked to go to the counter.',
    action: lookAtDisk,
  },
  'references-used-up': {
    level: 'warn',
    meaning: 'So many reference numbers of this kiosk are taken that a free one was not found.',
    action: 'Ask the district for a new kiosk number.',
  },
  'drop-out-not-counted': {
    level: 'warn',
    meaning: 'A visit that ended early is missing in the numbers.',
    action: lookAtDisk,
  },
  'not-noted': {
    level: 'warn',
    meaning: 'Work on a report could not be written down, and was refused.',
    action: lookAtDisk,
  },
  'alert-not-noted': {
    level: 'warn',
    meaning: 'A call went to the desk, but its audit line is missing.',
    action: lookAtDisk,
  },
  'sign-in-not-noted': {
    level: 'warn',
    meaning: 'A sign-in could not be written down.',
    action: lookAtDisk,
  },
  'station-settings-set-aside': {
    level: 'warn',
    meaning: "The station's own settings do not fit the content any more; the visitor is shown none of them.",
    action: 'A supervisor looks them through and approves them again.',
  },
  'keeping-interrupted': {
    level: 'warn',
    meaning: 'Deleting what is past its time was interrupted; it goes on within the hour.',
    action: lookAtDisk,
  },
  'purged-not-scrubbed': {
    level: 'warn',
    meaning: 'What was deleted may still stand in free pages of the database file.',
    action: 'Look at the free space; the next deletion tries again.',
  },
  'printer-status-failed': {
    level: 'warn',
    meaning: 'The printer could not be asked how it is.',
    action: 'skranke printer status',
  },
  'take-back-failed': {
    level: 'warn',
    meaning: 'A slip that was sent could not be taken back from the printer.',
    action: 'Look into the tray of the printer.',
  },
  'print-failed': {
    level: 'warn',
    meaning: 'The program that prints failed; the slip stands as not printed.',
    action: 'skranke printer test',
  },
  'slip-not-noted': {
    level: 'warn',
    meaning: 'How a slip stands could not be written down.',
    action: lookAtDisk,
  },
  'slip-without-script': {
    level: 'warn',
    meaning: 'A slip has signs that no font here can draw.',
    action: 'skranke doctor looks at the fonts.',
  },
  'delivery-failed': {
    level: 'warn',
    meaning: 'A batch did not reach the district; it is tried again.',
    action: 'skranke delivery says why and how it goes on.',
  },
  'delivery-moved-back': {
    level: 'warn',
    meaning: 'The district holds less than it had acknowledged; the kiosk sends it again.',
    action: 'Ask the district whether it has put back a backup.',
  },
  'delivery-interrupted': {
    level: 'warn',
    meaning: 'The pump of deliveries failed and starts anew.',
    action: lookAtDisk,
  },
  'events-parked': {
    level: 'warn',
    meaning: 'The district could not use some events and set them aside; the others went through.',
    action: 'skranke delivery names them.',
  },
  'batch-parked': {
    level: 'warn',
    meaning: 'The intake has kept a batch, and set aside some of its events.',
    action: 'skranke district kiosk list',
  },
  'no-voice': {
    level: 'warn',
    meaning: 'A language of the screen cannot be read aloud; the screen says so to whoever wants to listen.',
    action: 'skranke doctor tries every voice; install the program again.',
  },
  'speech-failed': {
    level: 'warn',
    meaning: 'Something on the screen was not read aloud; why is one word, what it was is not kept.',
    action: 'skranke doctor tries every voice.',
  },
  'batch-refused': {
    level: 'warn',
    meaning: 'The intake has refused a batch; its facts say why.',
    action: 'skranke district kiosk list names the kiosk; look at its clock, key and number.',
  },
  'transfer-refused': {
    level: 'warn',
    meaning: 'Reports that are due for another district could not be handed over.',
    action: 'The command has said why for each; skranke district transfer hands a single one over.',
  },
  'renewal-refused': {
    level: 'warn',
    meaning: 'A kiosk wanted to renew its key and was refused.',
    action:
      'unknown-key: it was enrolled anew or revoked meanwhile. Otherwise look which machine has this number.',
  },
  'certificate-ends-soon': {
    level: 'warn',
    meaning: "The intake's certificate ends within 30 days.",
    action: 'Give it a newer one with --tls-cert and start it again; kiosks deliver nothing after its end.',
  },
  'registration-refused': {
    level: 'warn',
    meaning:
      'Somebody tried to register a kiosk with a code that does not hold, or with a history that is not its own.',
    action: 'Ask whoever enrols; make a new code.',
  },
  'intake-failed': {
    level: 'warn',
    meaning: 'The intake could not answer, mostly because of its database.',
    action: atTheDistrict,
  },
} as const satisfies Readonly<Record<string, LogEventEntry>>;

export type LogEvent = keyof typeof logEvents;

type OfLevel<L extends LogEventEntry['level']> = {
  [E in LogEvent]: (typeof logEvents)[E]['level'] extends L ? E : never;
}[LogEvent];

export type NotedEvent = OfLevel<'note'>;
export type WarnedEvent = OfLevel<'warn'>;

export function isWarned(event: LogEvent): event is WarnedEvent {
  return logEvents[event].level === 'warn';
}
