-- A slip's variant may be that of a tip or of an appointment, so that a reprint stays what it was.
ALTER TABLE print_job RENAME TO print_job_before;
CREATE TABLE print_job (
  reference TEXT PRIMARY KEY CHECK (length(reference) = 12),
  sequence INTEGER NOT NULL REFERENCES report (sequence),
  paper TEXT NOT NULL CHECK (paper IN ('80mm', '58mm', 'a4')),
  variant TEXT NOT NULL CHECK (variant IN ('full', 'discreet', 'tip', 'appointment')),
  state TEXT NOT NULL CHECK (state IN ('waiting', 'sent', 'printed', 'unprinted'))
) STRICT, WITHOUT ROWID;
INSERT INTO print_job SELECT reference, sequence, paper, variant, state FROM print_job_before;
DROP TABLE print_job_before;
-- Touched only by the slips that did not come out.
CREATE INDEX print_job_unprinted ON print_job (sequence) WHERE state = 'unprinted';
