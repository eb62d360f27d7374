-- Bodies whose time is over are emptied (NULL); the hash stays, so that the chain still holds. The kinds are the
-- contract's to know, and a body has room for the largest report that can be sealed.
CREATE TABLE event_next (
  sequence INTEGER PRIMARY KEY CHECK (sequence >= 1),
  kind TEXT NOT NULL CHECK (length(kind) BETWEEN 1 AND 60),
  report_id TEXT NOT NULL CHECK (length(report_id) = 36),
  occurred_at TEXT NOT NULL,
  hash TEXT NOT NULL CHECK (length(hash) = 64),
  body TEXT CHECK (octet_length(body) BETWEEN 2 AND 1800000)
) STRICT;
INSERT INTO event_next SELECT sequence, kind, report_id, occurred_at, hash, body FROM event;
DROP TABLE event;
ALTER TABLE event_next RENAME TO event;
-- What belongs to a report besides itself. Not touched by a submit.
CREATE INDEX event_of_report ON event (report_id) WHERE kind <> 'report-received';

-- A district may also hold an event without its words.
CREATE TABLE parked_event_next (
  sequence INTEGER PRIMARY KEY REFERENCES event (sequence),
  reason TEXT NOT NULL CHECK (reason IN ('unreadable', 'other-words', 'withheld')),
  parked_at TEXT NOT NULL
) STRICT;
INSERT INTO parked_event_next SELECT sequence, reason, parked_at FROM parked_event;
DROP TABLE parked_event;
ALTER TABLE parked_event_next RENAME TO parked_event;

-- Events that IT lets go without their words, because the intake takes them in no form. The words stay here.
CREATE TABLE set_aside_event (
  sequence INTEGER PRIMARY KEY REFERENCES event (sequence),
  set_aside_at TEXT NOT NULL
) STRICT;

-- What is left of a report whose time is over: a number is never given twice. Nothing here is about anybody.
CREATE TABLE purged_report (
  reference TEXT PRIMARY KEY CHECK (length(reference) = 12),
  report_id TEXT NOT NULL UNIQUE CHECK (length(report_id) = 36),
  purged_at TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- Where the audit log begins since older lines were deleted: the line before its first. One row, or none.
CREATE TABLE audit_start (
  only INTEGER PRIMARY KEY CHECK (only = 1),
  sequence INTEGER NOT NULL CHECK (sequence >= 1),
  hash TEXT NOT NULL CHECK (length(hash) = 64)
) STRICT;

-- When what is over was last looked for. One row, or none.
CREATE TABLE keeping (
  only INTEGER PRIMARY KEY CHECK (only = 1),
  looked_at TEXT NOT NULL
) STRICT;
