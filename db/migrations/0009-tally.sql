-- How many reports somebody has touched and how many were deleted, counted where it happens: a long log is not walked at
-- every change, and a submit writes nothing of it.
CREATE TABLE report_tally (
  only INTEGER PRIMARY KEY CHECK (only = 1),
  touched INTEGER NOT NULL CHECK (touched >= 0),
  deleted INTEGER NOT NULL CHECK (deleted >= 0)
) STRICT;
INSERT INTO report_tally SELECT 1, count(*), 0 FROM report WHERE state <> 'new';

CREATE TRIGGER report_touched_tally AFTER UPDATE OF state ON report
WHEN (old.state = 'new') <> (new.state = 'new')
BEGIN
  UPDATE report_tally SET touched = touched + CASE old.state WHEN 'new' THEN 1 ELSE -1 END;
END;

CREATE TRIGGER report_deleted_tally AFTER DELETE ON report
BEGIN
  UPDATE report_tally SET touched = touched - (old.state <> 'new'), deleted = deleted + 1;
END;
