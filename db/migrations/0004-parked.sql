-- Events the district holds but could not register: a person there has to look at them, and staff here know it.
CREATE TABLE parked_event (
  sequence INTEGER PRIMARY KEY REFERENCES event (sequence),
  reason TEXT NOT NULL CHECK (reason IN ('unreadable', 'other-words')),
  parked_at TEXT NOT NULL
) STRICT;
