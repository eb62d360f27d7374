-- An event of a kind this intake does not know, or one that came without its words, is held as well and parked: a kiosk may
-- be newer than its intake. What a column cannot take is held whole in the body; then it has no time of its own.
ALTER TABLE event DROP CONSTRAINT IF EXISTS event_kind_check;
ALTER TABLE event ADD CONSTRAINT event_kind_check CHECK (length(kind) <= 60);
ALTER TABLE event ALTER COLUMN occurred_at DROP NOT NULL;
ALTER TABLE event DROP CONSTRAINT IF EXISTS event_parked_check;
ALTER TABLE event ADD CONSTRAINT event_parked_check CHECK (parked IN ('unreadable', 'other-words', 'withheld'));
