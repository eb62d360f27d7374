-- Packages of content as districts signed them, for kiosks to fetch, and what each kiosk last said that it shows.
CREATE TABLE content_package (
  -- The two digits with which its kiosks begin.
  district text NOT NULL CHECK (length(district) = 2),
  version bigint NOT NULL CHECK (version >= 1),
  sha256 text NOT NULL UNIQUE CHECK (length(sha256) = 64),
  -- Local time; null: at once.
  activate_at text,
  -- A JSON list of kiosks; null: all.
  kiosks text,
  bytes bigint NOT NULL,
  published_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (district, version)
);
CREATE TABLE content_part (
  sha256 text NOT NULL REFERENCES content_package (sha256),
  part bigint NOT NULL,
  data text NOT NULL,
  PRIMARY KEY (sha256, part)
);
CREATE TABLE content_report (
  kiosk_id text PRIMARY KEY CHECK (length(kiosk_id) = 6),
  standing text NOT NULL,
  reported_at timestamptz NOT NULL DEFAULT now()
);
