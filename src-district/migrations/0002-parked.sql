-- An event that is held as it came, but is no report: a person has to look at it. Never a reason to hold up the others.
ALTER TABLE event ADD COLUMN parked text CHECK (parked IN ('unreadable', 'other-words'));
CREATE INDEX event_parked ON event (kiosk_id, sequence) WHERE parked IS NOT NULL;
