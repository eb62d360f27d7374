-- Reports that one district handed to another. Whoever received the last turn has the report now.
CREATE TABLE transfer (
  report_id uuid NOT NULL REFERENCES report (report_id),
  turn bigint NOT NULL CHECK (turn >= 1),
  from_district text NOT NULL CHECK (length(from_district) = 2),
  to_district text NOT NULL CHECK (length(to_district) = 2),
  sealed_reason text,
  -- Content keys of what the receiving district had not had before, wrapped for it: JSON.
  keys text NOT NULL,
  transferred_at timestamptz NOT NULL DEFAULT now(),
  received_at timestamptz,
  received_by text,
  PRIMARY KEY (report_id, turn)
);
CREATE INDEX transfer_to ON transfer (to_district) WHERE received_at IS NULL;

-- What a district is told besides the events of its kiosks: numbered without a gap, under the lock of its own row.
CREATE TABLE district (
  district text PRIMARY KEY CHECK (length(district) = 2),
  through_sequence bigint NOT NULL CHECK (through_sequence >= 0)
);
CREATE TABLE notice (
  district text NOT NULL REFERENCES district (district),
  sequence bigint NOT NULL CHECK (sequence >= 1),
  kind text NOT NULL CHECK (kind IN ('transfer-arrived', 'transfer-received')),
  report_id uuid NOT NULL,
  turn bigint NOT NULL,
  PRIMARY KEY (district, sequence),
  FOREIGN KEY (report_id, turn) REFERENCES transfer (report_id, turn)
);
-- How far each reader has the notices of a district, as reader_mark says it of a kiosk's events.
CREATE TABLE reader_notice_mark (
  reader text NOT NULL REFERENCES reader (name),
  district text NOT NULL REFERENCES district (district),
  through_sequence bigint NOT NULL CHECK (through_sequence >= 1),
  PRIMARY KEY (reader, district)
);
