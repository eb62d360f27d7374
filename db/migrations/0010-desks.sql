-- Desks of this kiosk. A desk signs with one key and is given station keys with the other.
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

ALTER TABLE staff ADD COLUMN version INTEGER NOT NULL DEFAULT 1 CHECK (version >= 1);
ALTER TABLE staff ADD COLUMN disabled_at TEXT;
-- Somebody else has seen the PIN: it opens nothing but the change to another one.
ALTER TABLE staff ADD COLUMN is_pin_one_time INTEGER NOT NULL DEFAULT 0 CHECK (is_pin_one_time IN (0, 1));

-- Failed sign-ins since the last good one, so that a restart gives no new tries. The subject is a hash: people type a
-- PIN where the name belongs.
CREATE TABLE sign_in_failure (
  subject TEXT PRIMARY KEY CHECK (length(subject) = 64),
  failures INTEGER NOT NULL CHECK (failures >= 1),
  failed_at TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX sign_in_failure_age ON sign_in_failure (failed_at);
