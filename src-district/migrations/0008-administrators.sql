-- Who may look after the kiosks on the intake's own page. Of a code and of a session only the SHA-256 is here.
CREATE TABLE administrator_code (
  code_hash text PRIMARY KEY CHECK (length(code_hash) = 64),
  name text NOT NULL CHECK (length(name) BETWEEN 1 AND 60),
  expires_at timestamptz NOT NULL
);
CREATE TABLE administrator_session (
  token_hash text PRIMARY KEY CHECK (length(token_hash) = 64),
  name text NOT NULL,
  ends_at timestamptz NOT NULL
);
