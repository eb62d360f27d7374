-- What staff add to a report after the kiosk took it in: an event of its own kind.
ALTER TABLE event DROP CONSTRAINT event_kind_check;
ALTER TABLE event ADD CONSTRAINT event_kind_check CHECK (kind IN ('report-received', 'review-changed', 'entry-added'));

-- One row per entry, for ever; what it says stands sealed in the body of the event it came with.
CREATE TABLE entry (
  entry_id uuid PRIMARY KEY,
  report_id uuid NOT NULL,
  kiosk_id text NOT NULL,
  sequence bigint NOT NULL,
  kind text NOT NULL,
  UNIQUE (kiosk_id, sequence),
  FOREIGN KEY (kiosk_id, sequence) REFERENCES event (kiosk_id, sequence)
);
CREATE INDEX entry_of_report ON entry (report_id);
