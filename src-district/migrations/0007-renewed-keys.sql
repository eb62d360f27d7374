-- A kiosk may renew its key. The new one counts from its first batch; from then on the one before it is good for what was
-- signed until then, and for slips.
ALTER TABLE kiosk_key ADD COLUMN renews text;
-- Of a renewed key: the first event that it vouched for; null while it was never used.
ALTER TABLE kiosk_key ADD COLUMN from_sequence bigint CHECK (from_sequence >= 1);
-- The last event that it could vouch for, and since when; null while it counts.
ALTER TABLE kiosk_key ADD COLUMN through_sequence bigint CHECK (through_sequence >= 0);
ALTER TABLE kiosk_key ADD COLUMN retired_at timestamptz;
