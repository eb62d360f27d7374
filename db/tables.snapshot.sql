CREATE TABLE acknowledgement (
  through_sequence INTEGER PRIMARY KEY CHECK (through_sequence >= 1),
  head_hash TEXT NOT NULL CHECK (length(head_hash) = 64),
  acknowledged_at TEXT NOT NULL
) STRICT;

CREATE TABLE audit (
  sequence INTEGER PRIMARY KEY CHECK (sequence >= 1),
  occurred_at TEXT NOT NULL,
  actor TEXT NOT NULL CHECK (length(actor) BETWEEN 1 AND 60),
  action TEXT NOT NULL CHECK (length(action) BETWEEN 1 AND 60),
  subject TEXT NOT NULL CHECK (length(subject) <= 120),
  hash TEXT NOT NULL CHECK (length(hash) = 64)
) STRICT;

CREATE TABLE audit_head (
  only INTEGER PRIMARY KEY CHECK (only = 1),
  sequence INTEGER NOT NULL CHECK (sequence >= 1),
  hash TEXT NOT NULL CHECK (length(hash) = 64),
  signed_at TEXT NOT NULL,
  -- Compact JWS over the three.
  signature TEXT NOT NULL CHECK (length(signature) BETWEEN 1 AND 2000)
) STRICT;

CREATE INDEX audit_of_report ON audit (subject)
  WHERE action IN ('review-claim', 'review-take-over', 'review-release', 'review-finish', 'review-reopen', 'report-escalated', 'receipt-reprinted', 'receipt-settled');

CREATE TABLE audit_start (
  only INTEGER PRIMARY KEY CHECK (only = 1),
  sequence INTEGER NOT NULL CHECK (sequence >= 1),
  hash TEXT NOT NULL CHECK (length(hash) = 64)
) STRICT;

CREATE TABLE desk_device (
  device_id TEXT PRIMARY KEY CHECK (length(device_id) = 43),
  name TEXT NOT NULL COLLATE NOCASE CHECK (length(name) BETWEEN 1 AND 40),
  sign_key TEXT NOT NULL CHECK (json_valid(sign_key)),
  box_key TEXT NOT NULL CHECK (json_valid(box_key)),
  added_at TEXT NOT NULL,
  seen_at TEXT NOT NULL,
  -- Made by the desk; what it keeps wrapped opens with this only. Gone for good when the desk is removed.
  release_secret TEXT CHECK (length(release_secret) = 43),
  -- The station key it has said it holds.
  station_key_id TEXT,
  -- A station key another desk has wrapped for it, until it has taken it.
  given_box TEXT CHECK (given_box IS NULL OR json_valid(given_box)),
  revoked_at TEXT,
  CHECK ((revoked_at IS NULL) = (release_secret IS NOT NULL)),
  CHECK (revoked_at IS NULL OR given_box IS NULL)
) STRICT;

CREATE UNIQUE INDEX desk_device_name ON desk_device (name) WHERE revoked_at IS NULL;

CREATE TABLE entry (
  sequence INTEGER PRIMARY KEY REFERENCES event (sequence),
  -- Made in the desk's page: asking twice adds once.
  entry_id TEXT NOT NULL UNIQUE CHECK (length(entry_id) = 36),
  report_id TEXT NOT NULL REFERENCES report (report_id),
  -- A word of our own.
  kind TEXT NOT NULL CHECK (length(kind) BETWEEN 1 AND 40),
  added_by TEXT NOT NULL REFERENCES staff (staff_id)
) STRICT;

CREATE INDEX entry_of_report ON entry (report_id);

CREATE TABLE "event" (
  sequence INTEGER PRIMARY KEY CHECK (sequence >= 1),
  kind TEXT NOT NULL CHECK (length(kind) BETWEEN 1 AND 60),
  report_id TEXT NOT NULL CHECK (length(report_id) = 36),
  occurred_at TEXT NOT NULL,
  hash TEXT NOT NULL CHECK (length(hash) = 64),
  body TEXT CHECK (octet_length(body) BETWEEN 2 AND 1800000)
) STRICT;

CREATE INDEX event_of_report ON event (report_id) WHERE kind <> 'report-received';

CREATE TABLE keeping (
  only INTEGER PRIMARY KEY CHECK (only = 1),
  looked_at TEXT NOT NULL
, steady_since TEXT NOT NULL DEFAULT '1970-01-01T00:00:00.000Z') STRICT;

CREATE TABLE kiosk (
  only INTEGER PRIMARY KEY CHECK (only = 1),
  kiosk_id TEXT NOT NULL CHECK (length(kiosk_id) = 6),
  mode TEXT NOT NULL CHECK (mode IN ('demonstration', 'unenrolled', 'enrolled')),
  claimed_at TEXT NOT NULL,
  -- JWK of the public half made by the first paired desk.
  station_key TEXT CHECK (station_key IS NULL OR json_valid(station_key))
) STRICT;

CREATE TABLE left_at (
  day TEXT NOT NULL CHECK (length(day) = 10),
  screen TEXT NOT NULL CHECK (length(screen) BETWEEN 1 AND 40),
  language TEXT NOT NULL CHECK (length(language) BETWEEN 1 AND 12),
  count INTEGER NOT NULL CHECK (count >= 1),
  PRIMARY KEY (day, screen, language)
) STRICT, WITHOUT ROWID;

CREATE TABLE "parked_event" (
  sequence INTEGER PRIMARY KEY REFERENCES event (sequence),
  reason TEXT NOT NULL CHECK (reason IN ('unreadable', 'other-words', 'withheld')),
  parked_at TEXT NOT NULL
) STRICT;

CREATE TABLE print_job (
  reference TEXT PRIMARY KEY CHECK (length(reference) = 12),
  sequence INTEGER NOT NULL REFERENCES report (sequence),
  paper TEXT NOT NULL CHECK (paper IN ('80mm', '58mm', 'a4')),
  variant TEXT NOT NULL CHECK (variant IN ('full', 'discreet', 'tip', 'appointment')),
  state TEXT NOT NULL CHECK (state IN ('queued', 'sent', 'printed', 'failed', 'unknown', 'settled')),
  -- A word of our own.
  problem TEXT CHECK (length(problem) BETWEEN 1 AND 40)
, changed_at TEXT) STRICT, WITHOUT ROWID;

CREATE INDEX print_job_unprinted ON print_job (sequence) WHERE state IN ('failed', 'unknown');

CREATE TABLE purged_report (
  reference TEXT PRIMARY KEY CHECK (length(reference) = 12),
  report_id TEXT NOT NULL UNIQUE CHECK (length(report_id) = 36),
  purged_at TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE report (
  sequence INTEGER PRIMARY KEY REFERENCES event (sequence),
  report_id TEXT NOT NULL UNIQUE CHECK (length(report_id) = 36),
  -- Unique by its print job, so that a submit writes one index less.
  reference TEXT NOT NULL CHECK (length(reference) = 12),
  received_at TEXT NOT NULL,
  lane TEXT NOT NULL CHECK (lane IN ('self', 'assisted')),
  state TEXT NOT NULL CHECK (state IN ('new', 'claimed', 'finished')),
  version INTEGER NOT NULL CHECK (version >= 1),
  claimed_by TEXT REFERENCES staff (staff_id), finished_at TEXT CHECK (finished_at IS NULL OR state = 'finished'), is_rejected INTEGER NOT NULL DEFAULT 0 CHECK (is_rejected = 0 OR (is_rejected = 1 AND state = 'finished')),
  CHECK ((state = 'new') = (claimed_by IS NULL))
) STRICT;

CREATE TRIGGER report_deleted_tally AFTER DELETE ON report
BEGIN
  UPDATE report_tally SET touched = touched - (old.state <> 'new'), deleted = deleted + 1;
END;

CREATE INDEX report_rejected ON report (is_rejected) WHERE is_rejected = 1;

CREATE TABLE report_tally (
  only INTEGER PRIMARY KEY CHECK (only = 1),
  touched INTEGER NOT NULL CHECK (touched >= 0),
  deleted INTEGER NOT NULL CHECK (deleted >= 0)
) STRICT;

CREATE INDEX report_touched ON report (state) WHERE state <> 'new';

CREATE TRIGGER report_touched_tally AFTER UPDATE OF state ON report
WHEN (old.state = 'new') <> (new.state = 'new')
BEGIN
  UPDATE report_tally SET touched = touched + CASE old.state WHEN 'new' THEN 1 ELSE -1 END;
END;

CREATE TABLE set_aside_event (
  sequence INTEGER PRIMARY KEY REFERENCES event (sequence),
  set_aside_at TEXT NOT NULL
) STRICT;

CREATE TABLE sign_in_failure (
  subject TEXT PRIMARY KEY CHECK (length(subject) = 64),
  failures INTEGER NOT NULL CHECK (failures >= 1),
  failed_at TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX sign_in_failure_age ON sign_in_failure (failed_at);

CREATE TABLE staff (
  staff_id TEXT PRIMARY KEY CHECK (length(staff_id) = 36),
  user_name TEXT NOT NULL UNIQUE CHECK (length(user_name) BETWEEN 1 AND 60),
  display_name TEXT NOT NULL CHECK (length(display_name) BETWEEN 1 AND 80),
  roles TEXT NOT NULL CHECK (json_valid(roles)),
  -- Encoded argon2id.
  pin_hash TEXT NOT NULL CHECK (pin_hash LIKE '$argon2id$%'),
  added_at TEXT NOT NULL
, version INTEGER NOT NULL DEFAULT 1 CHECK (version >= 1), disabled_at TEXT, is_pin_one_time INTEGER NOT NULL DEFAULT 0 CHECK (is_pin_one_time IN (0, 1))) STRICT, WITHOUT ROWID;

CREATE TABLE station_settings (
  version INTEGER PRIMARY KEY CHECK (version >= 1),
  approved_at TEXT NOT NULL,
  approved_by TEXT NOT NULL CHECK (length(approved_by) = 36),
  -- Null: what ships holds again.
  body TEXT CHECK (body IS NULL OR json_valid(body))
) STRICT;
