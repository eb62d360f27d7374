-- A slip that certainly did not come out (failed) is told apart from one of which nobody knows (unknown); either ends
-- printed, or settled: somebody said that no slip is missing. What went wrong is kept, so that it is known after a restart.
ALTER TABLE print_job RENAME TO print_job_before;
CREATE TABLE print_job (
  reference TEXT PRIMARY KEY CHECK (length(reference) = 12),
  sequence INTEGER NOT NULL REFERENCES report (sequence),
  paper TEXT NOT NULL CHECK (paper IN ('80mm', '58mm', 'a4')),
  variant TEXT NOT NULL CHECK (variant IN ('full', 'discreet', 'tip', 'appointment')),
  state TEXT NOT NULL CHECK (state IN ('queued', 'sent', 'printed', 'failed', 'unknown', 'settled')),
  -- A word of our own.
  problem TEXT CHECK (length(problem) BETWEEN 1 AND 40)
) STRICT, WITHOUT ROWID;
-- "Sent" was the last word on printers that never answered; "waiting" and "unprinted" did not say how far a slip had come.
INSERT INTO print_job
  SELECT reference, sequence, paper, variant,
    CASE state WHEN 'printed' THEN 'printed' ELSE 'unknown' END,
    CASE state WHEN 'printed' THEN NULL WHEN 'sent' THEN 'cannot-tell' ELSE 'interrupted' END
  FROM print_job_before;
DROP TABLE print_job_before;
-- Touched only by the slips that staff have to see to.
CREATE INDEX print_job_unprinted ON print_job (sequence) WHERE state IN ('failed', 'unknown');
