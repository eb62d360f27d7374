-- What supervisors said of this station: hours, exceptions, notices. The last row holds; all are kept, for whoever asks later
-- what stood on the screen.
CREATE TABLE station_settings (
  version INTEGER PRIMARY KEY CHECK (version >= 1),
  approved_at TEXT NOT NULL,
  approved_by TEXT NOT NULL CHECK (length(approved_by) = 36),
  -- Null: what ships holds again.
  body TEXT CHECK (body IS NULL OR json_valid(body))
) STRICT;

-- How far visits came before they were left, by day, screen and language: nothing about anybody.
CREATE TABLE left_at (
  day TEXT NOT NULL CHECK (length(day) = 10),
  screen TEXT NOT NULL CHECK (length(screen) BETWEEN 1 AND 40),
  language TEXT NOT NULL CHECK (length(language) BETWEEN 1 AND 12),
  count INTEGER NOT NULL CHECK (count >= 1),
  PRIMARY KEY (day, screen, language)
) STRICT, WITHOUT ROWID;
