-- Since when the clock of this machine has gone on without a leap: nothing is deleted by a clock that was just set.
ALTER TABLE keeping ADD COLUMN steady_since TEXT NOT NULL DEFAULT '1970-01-01T00:00:00.000Z';
