-- Which keys a kiosk may sign with; beside these, those of the folder of keys. A revoked one counts nowhere.
CREATE TABLE kiosk_key (
  kiosk_id text NOT NULL CHECK (length(kiosk_id) = 6),
  key_id text NOT NULL,
  jwk text NOT NULL,
  added_at timestamptz NOT NULL DEFAULT now(),
  revoked_at timestamptz,
  PRIMARY KEY (kiosk_id, key_id)
);

-- Lets one kiosk register one key. Of the code itself only the SHA-256 is here.
CREATE TABLE enrolment_code (
  code_hash text PRIMARY KEY CHECK (length(code_hash) = 64),
  kiosk_id text NOT NULL CHECK (length(kiosk_id) = 6),
  expires_at timestamptz NOT NULL,
  used_key_id text
);

-- Batches of one kiosk, well signed, that do not follow what is held: a cloned disk, or older data put back.
CREATE TABLE other_history (
  kiosk_id text NOT NULL,
  head_hash text NOT NULL CHECK (length(head_hash) = 64),
  first_sequence bigint NOT NULL,
  last_sequence bigint NOT NULL,
  noticed_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (kiosk_id, head_hash)
);

-- Case systems that fetch events, and how far each has everything. Of a token only the SHA-256 is here.
CREATE TABLE reader (
  name text PRIMARY KEY CHECK (length(name) BETWEEN 1 AND 60),
  token_hash text NOT NULL UNIQUE CHECK (length(token_hash) = 64),
  -- The two digits with which its kiosks begin; null: all.
  district text CHECK (length(district) = 2),
  added_at timestamptz NOT NULL DEFAULT now(),
  revoked_at timestamptz
);
CREATE TABLE reader_mark (
  reader text NOT NULL REFERENCES reader (name),
  kiosk_id text NOT NULL,
  through_sequence bigint NOT NULL CHECK (through_sequence >= 1),
  PRIMARY KEY (reader, kiosk_id)
);
