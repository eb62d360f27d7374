-- A report that was rejected says so in every list, and not that it is finished.
ALTER TABLE report ADD COLUMN is_rejected INTEGER NOT NULL DEFAULT 0 CHECK (is_rejected = 0 OR (is_rejected = 1 AND state = 'finished'));
-- Both were written in one transaction, with one time.
UPDATE report SET is_rejected = 1 WHERE state = 'finished' AND finished_at IS NOT NULL AND EXISTS (
  SELECT 1 FROM entry n CROSS JOIN event e ON e.sequence = n.sequence
  WHERE n.report_id = report.report_id AND n.kind = 'rejection' AND e.occurred_at = report.finished_at
);
-- Not touched by a submit.
CREATE INDEX report_rejected ON report (is_rejected) WHERE is_rejected = 1;
