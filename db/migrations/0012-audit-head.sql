-- The last line of the audit log that the kiosk's own key has signed: an end that was cut off behind it is seen. One row, or
-- none where nothing was signed yet.
CREATE TABLE audit_head (
  only INTEGER PRIMARY KEY CHECK (only = 1),
  sequence INTEGER NOT NULL CHECK (sequence >= 1),
  hash TEXT NOT NULL CHECK (length(hash) = 64),
  signed_at TEXT NOT NULL,
  -- Compact JWS over the three.
  signature TEXT NOT NULL CHECK (length(signature) BETWEEN 1 AND 2000)
) STRICT;
