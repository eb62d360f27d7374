/** What stands in front of the OpenAPI document: enough for another party to write either side. */
export const wireInWords = `
A kiosk writes a log of events and delivers it to its district: every event once, in order, nothing altered, nothing
readable on the way. Either side may be replaced by another party's; this document is the whole of what they share.

## The log
Events of one kiosk are numbered from 1 without a gap and chained. The hash of an event is the SHA-256, in lower-case hex,
of the UTF-8 text made of six parts, each written as its length, a colon and the part itself, joined by a line feed:
the hash of the event before (64 zeros before the first), the number in decimal, \`kind\`, \`reportId\`, \`occurredAt\`,
\`body\`. Lengths count UTF-16 code units, as JavaScript does. \`body\` is hashed as the very letters that are sent.

## Kinds
\`report-received\`: \`body\` is the JSON text of a SealedReport. \`review-changed\`: of a ReviewChange. \`entry-added\`: of an
EntryAdded. \`report-purged\`: of a ReportPurged: the kiosk has deleted the words of this report, whose events up to that
number the district has acknowledged. \`reportId\` in the body is that of the event. A body may have more fields than its
schema. An intake holds a kind it does not know and parks it.

## A batch
Events that follow each other, the hash of the event before them, and a compact JWS (ES256) whose payload is the JSON of
BatchClaims with the same values as the batch. The key is the kiosk's own, P-256, known to the district by its public half.
\`withheld\` names events that go without their words: their \`body\` is empty, their \`hash\` is the one in the kiosk's log and
is not recomputed; the next event is chained to it.

## What an intake does
It checks form, signature, chain and order; keeps what is new in one transaction; then acknowledges through the last event
of this request and no further. What it held before has to be the same hash for hash. A report has one row for ever: the
same id with the same body is its first result, with another body it is parked. An event that it cannot register is held as
it came and named in \`parked\`; it never holds up another. Only what makes the whole history doubtful is refused.

## What a kiosk does
It keeps every event until it is acknowledged. It believes an acknowledgement only when the answer is 200 with JSON of this
form, for its own id, for a number that was in this request, with the hash it knows for it. On \`gap\` with a lower
\`throughSequence\` it sends again from there. On 413, 415, 429, 5xx, a redirect, another content type, or silence it changes
nothing and tries again: exponential backoff with full jitter from 1 s to 5 min, \`Retry-After\` as a lower bound. It follows
no redirect and gives no byte of a batch to a server whose certificate its authority has not signed (TLS 1.2 or newer).

## A new kiosk
A district gives out a one-time code for a kiosk number. The kiosk makes its key pair, keeps the private half, and registers
the public one with the code, signed by the key itself over RegistrationProof; the answer names its number and the public
keys that reports are sealed for. The log of a new kiosk starts at 0 with 64 zeros. A machine that goes on under another
number says where its log is; the number's log then goes on from there.

## A new key
A kiosk renews its key by itself: the old key vouches for the new one, the new one proves itself. Both count until the first
batch that the new one signed is kept; from then on the old one is good for events up to there, and for slips. What it signs
beyond that, ten minutes later, comes from another machine: \`conflict\`.

## Case systems
A reader fetches what is new with its token, stores it, and acknowledges the cursor; what is not acknowledged is told again.
Events of one kiosk come in their order; there is no order between kiosks.

## From one district to another
A report is sealed for the district of its kiosk. To hand it on, that district takes the content key out of each document
(\`sealedReport\`, \`sealedSummary\`, \`sealedEntry\`) with its own key and wraps it for the other one, RSA-OAEP-256, under
that district's \`kid\`: one more recipient for the JWE, whose other members stay as they were signed and chained. It posts
those keys; the intake passes them on with the events as they came, each with its hash and the one before it. A notice
\`transfer-arrived\` is in the feed of the receiving district until a reader of it has acknowledged it; that acknowledgement
is the notice \`transfer-received\` in the feed of the giving one. \`sealedReason\` opens as JSON of \`reportId\` and \`reason\`.

## Sealing
\`sealedReport\` and \`sealedSummary\` are JWE in general JSON serialisation: RSA-OAEP-256 (3072 bit) and A256GCM, the report id
as additional data, one recipient per \`kid\` (the RFC 7638 thumbprint of the public key): the station, the home district, the
routed district when it is another. An intake never needs a key that opens one.

Unknown paths answer 404 and other methods 405, both with a Problem.
`.trim();
