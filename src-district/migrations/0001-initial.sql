-- Same text for PostgreSQL 15 and PGlite. No triggers, no LISTEN, no advisory locks: a distributed PostgreSQL serves too.

-- One row per kiosk; locked FOR UPDATE while a batch of that kiosk is taken in.
CREATE TABLE kiosk (
  kiosk_id text PRIMARY KEY,
  through_sequence bigint NOT NULL CHECK (through_sequence >= 0),
  head_hash text NOT NULL CHECK (length(head_hash) = 64),
  acknowledged_at timestamptz NOT NULL DEFAULT now()
);

-- Every event as it came; `report_id` is text here because the hash covers its letters.
CREATE TABLE event (
  kiosk_id text NOT NULL REFERENCES kiosk (kiosk_id),
  sequence bigint NOT NULL CHECK (sequence >= 1),
  kind text NOT NULL CHECK (kind IN ('report-received', 'review-changed')),
  report_id text NOT NULL,
  occurred_at timestamptz NOT NULL,
  body text NOT NULL,
  hash text NOT NULL CHECK (length(hash) = 64),
  taken_in_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (kiosk_id, sequence)
);

-- One row per report, for ever; the sealed text is the body of the event it came with.
CREATE TABLE report (
  report_id uuid PRIMARY KEY,
  kiosk_id text NOT NULL,
  sequence bigint NOT NULL,
  reference text NOT NULL CHECK (length(reference) = 12),
  received_at timestamptz NOT NULL,
  lane text NOT NULL CHECK (lane IN ('self', 'assisted')),
  UNIQUE (kiosk_id, sequence),
  FOREIGN KEY (kiosk_id, sequence) REFERENCES event (kiosk_id, sequence)
);
CREATE INDEX report_reference ON report (reference);

-- The newest word on who works on a report; the older ones stay in `event`.
CREATE TABLE review (
  report_id uuid PRIMARY KEY,
  state text NOT NULL CHECK (state IN ('new', 'claimed', 'finished')),
  version bigint NOT NULL CHECK (version >= 1),
  staff_name text
);
