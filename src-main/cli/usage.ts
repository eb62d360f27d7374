/** A wrong command line: one sentence, then exit code 2. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

export const usage = `skranke COMMAND

  start                      the kiosk, the desk beside it; without a district: a demonstration
      --host electron|node   Electron when its runtime is here, else Node (the default chooses)
      --port N               the kiosk's port on 127.0.0.1, the desk's is N+1; 0 takes any
      --data-dir DIR         where reports wait
      --config FILE          the configuration file (resources/config.example.json explains it)
      --no-open              print the addresses, open no browser
      --json                 print one line of JSON when ready
      --address-file FILE    leave the kiosk's address there, readable by the file's group, while it serves
  config check FILE          every mistake in a configuration, also in what it points to, one sentence each; 2 if any
  config schema              the JSON Schema of the configuration, as in resources/schemas
  doctor [--print]           looks the kiosk over, running or not: what is well, what is not, what to do; ends with 0,
                             1 for a warning, 2 for a failure. --print also prints a test page and asks you about it
  status                     whether the kiosk runs and takes reports, its printer, its line; 0 only when all is well
  support-bundle FILE        what somebody who helps needs to know: findings, configuration, newest log; nothing of a
                             report and nobody's name
  log-events [--json]        every event that the log may hold: what it means, what to do
  backup FILE                everything this kiosk holds, in one new file that was looked through, also while the
                             kiosk runs; no key is in it
  restore FILE [--as-it-is]  puts a backup back where no kiosk runs; the database that is there is kept aside. After
                             reports may have been taken it asks for a kiosk number that was never used.
                             --as-it-is: also a backup in which something was changed from outside
  update                     installed from our apt repository: takes a newer version while nobody stands at the kiosk,
                             with a backup, and goes back when it fails its self-check; a timer does it every half hour
  staff add USER --name NAME [--role front-desk|officer|supervisor|it]...
                             a user of the desk; the PIN is shown once and changed at the first sign-in
  staff list
  staff disable USER, staff enable USER
  staff reset-pin USER       a new PIN for somebody who has forgotten theirs
  staff recover [USER]       lets a supervisor in again when no supervisor can sign in
  desk pair                  a code that lets one desk register at the running kiosk
  desk list                  the desks of this kiosk, and which of them have the station key
  desk revoke NAME           cuts a desk off at once, for good
  desk reset                 all desks are lost: cuts them off; the next one makes a new station key,
                             and older reports can be read by the district only
  desk csr                   a request for the certificate of "desk.network", for your own authority
  desk import FILE           keeps the certificate that came back (with those that signed it behind it)
  enrol --config FILE --code CODE
                             registers this kiosk's key at the district; also under another number, with its log
  enrol --renew              a new signing key, vouched for by the old one, also while the kiosk runs; older slips stay
                             good
  enrol --config FILE --district-key FILE...
                             makes this kiosk's signing key, keeps the districts' public keys
  delivery [status]          what waits for the district, why the line stands and how it goes on; 1 while it fails
  delivery set-aside NUMBER  lets the event at which the line stands go without its words, which stay here
  export FILE [--after NUMBER]
                             what waits for the district, sealed and signed, to be carried there where no line leads
  district key DIR --district ID
                             makes a district's key pair
  district content key DIR --district ID
                             makes the key that signs packages of content; its public half goes to the kiosks
  district content pack DIR|FILE --keys DIR --version N --out FILE [--activate-at 2027-03-25T06:00]
          [--kiosks 01-120,01-130..01-139] [--languages da,en]
                             checks, packs and signs a folder of content; of an older package: its content again
  district content publish FILE --database URL --keys DIR
                             lays a package out, for kiosks to fetch
  district content list --database URL
                             what is laid out, and which content every kiosk last said that it shows
  district serve --database URL --keys DIR [--port N] [--host ADDRESS --tls-cert FILE --tls-key FILE]
                             on 127.0.0.1; on another address with a certificate only
  district reports --database URL --keys DIR [--open [--show-contact]]
  district import FILE --database URL [--keys DIR]
                             takes what a kiosk exported; again without harm
  district transfer REFERENCE --to DISTRICT [--reason TEXT] --database URL --keys DIR
                             hands a report with all that was added to it to another district, sealed for that one
  district transfer due --database URL --keys DIR
                             hands over what desks noted, what happened in another district, and what was added since
  district transfer receive REFERENCE --database URL --keys DIR [--show-contact]
                             opens what was handed to this district, and tells the other one that it came
  district transfer list --database URL
  district kiosk add NN-NNN --database URL [--valid-hours 24]
                             a code with which this kiosk registers its key, once
  district kiosk list|revoke NN-NNN --database URL [--keys DIR]
                             who delivered when and what needs a look; ends what a kiosk signs
  district reader add|revoke NAME --database URL [--district NN], reader list
                             tokens for case systems, which fetch from /v1/feed, and for Prometheus
  district admin add|end NAME --database URL [--valid-hours 1]
                             a code that opens the page of the intake (its address in a browser) once; ends who is
                             signed in by that name
  district verify --database URL
                             recomputes what is held from the kiosks' hashes and names what was altered
  district api               the OpenAPI document of the intake, as in resources/district-api.json
  content check [DIR] [--on DATE] [--languages da,en]
                             every mistake in a folder laid out like resources/content, or like
                             resources/content/dk for what a district lays over it, one line each;
                             --on also names the facts that are overdue on that day; --languages: those
                             a district writes, in the others its words are said in Danish
  content walk [DIR] --type T
                             every branch of a type: its questions in order, and where it ends
  content preview [DIR] [--type T] [--port N] [--no-open]
                             a demonstration with that content, from its type T on; leaves nothing behind
  content schema             the JSON Schema of the content files
  content install FILE       takes a package of the district from a stick, also without a line, the kiosk running or
                             not; whatever is wrong with it is a sentence, and nothing is changed
  content fetch              the running kiosk asks its district now, and not only in some minutes
  content status             which version is live, ready or refused, and why
  content rollback           back to what was there before, as soon as nobody is in a visit
  content trust FILE         takes the district's public content key, DISTRICT.content.jwk.json
  locales [DIR]              how far every language is; fails when one lacks a string. DIR is laid out like
                             resources/locales
  locales clarity [--lang L] [DIR]
                             how hard each page is to read: reading age and LIX
  locales export --lang L --out FILE [DIR]
                             a language for a translator, as XLIFF 1.2 (.xlf) or as a table (.csv)
  locales import FILE --lang L --by NAME [DIR]
                             takes it back with its status, all of it or nothing
  say --lang L WORDS --out FILE.wav [--rate 175]
                             what the screen would say of these words, at so many words a minute
  say --lang L WORDS --name  what a recording of these words is called, below "recordings"
  hours --station ID [--service S] [--at 2027-03-25T10:00]
                             open, closed or unknown at a local time in Copenhagen
  route --postcode 4682 [--municipality 0336]
                             the district a place belongs to, and how sure that is
  receipt sample --out FILE [--type T] [--lang da|en|ar|uk|pl|tr|ro|de] [--second-lang da] [--paper 80mm|58mm|a4]
          [--variant full|discreet|tip|appointment|hand-over|topic|hours|test] [--format pdf|png|escpos]
          [--at 2027-03-25T10:00]
                             paper of the fictional station; for a topic, --type is its id
  receipt verify CODE [--keys DIR|FILE] [--database URL] [--data-dir DIR]
                             what the code on a slip says, and whether a kiosk of ours signed it; --keys as
                             district serve has them, or one kiosk's public key
  report schema              the JSON Schema of a report that a desk saved
  audit verify [FILE]        walks the audit log, also of a running kiosk or of a copied database: the first line
                             that is missing or was changed
  printer status             how the printer of the configuration is, and how many slips wait for staff
  printer find               printers on USB and those that announce themselves on the network
  printer test               prints the test page; whether it is good only whoever looks at it knows
  version, help

doctor, status, support-bundle, backup, restore, staff, desk, enrol, delivery, audit and printer take --data-dir and
--config as start does; --json answers in JSON, also after config check, content, locales, say, hours, route and receipt.
Exit codes: 0 well, 1 it failed, 2 a mistake in options or configuration, 3 the data folder is in use.
`;
