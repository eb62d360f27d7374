-- What staff add to a report is an event of its own kind. SQLite cannot change a CHECK, so the log is copied once.
CREATE TABLE event_next (
  sequence INTEGER PRIMARY KEY CHECK (sequence >= 1),
  kind TEXT NOT NULL CHECK (kind IN ('report-received', 'review-changed', 'entry-added')),
  report_id TEXT NOT NULL CHECK (length(report_id) = 36),
  occurred_at TEXT NOT NULL,
  hash TEXT NOT NULL CHECK (length(hash) = 64),
  body TEXT NOT NULL CHECK (octet_length(body) BETWEEN 2 AND 1000000)
) STRICT;
INSERT INTO event_next SELECT sequence, kind, report_id, occurred_at, hash, body FROM event;
DROP TABLE event;
ALTER TABLE event_next RENAME TO event;

-- Who added what to which report, and when. What it says stands sealed in the body of its event and nowhere else.
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

-- Whoever finished a report may open it again for a while.
ALTER TABLE report ADD COLUMN finished_at TEXT CHECK (finished_at IS NULL OR state = 'finished');
-- When the slip came to stand as it does; null where nobody noted it.
ALTER TABLE print_job ADD COLUMN changed_at TEXT;

-- What was done with one report, for its timeline. Not touched by a submit, and not by a reading.
CREATE INDEX audit_of_report ON audit (subject)
  WHERE action IN ('review-claim', 'review-take-over', 'review-release', 'review-finish', 'review-reopen', 'report-escalated', 'receipt-reprinted', 'receipt-settled');
