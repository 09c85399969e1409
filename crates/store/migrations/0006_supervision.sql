-- Supervision: which unit has opened which case, and what was ruled.

-- When somebody of a unit last opened a case that is the unit's to act on. Units are
-- named, people are not.
CREATE TABLE reads (
  case_id BIGINT NOT NULL REFERENCES cases (id),
  unit BIGINT NOT NULL REFERENCES units (id),
  at BIGINT NOT NULL,
  PRIMARY KEY (case_id, unit)
) /* clustered */;

-- To whom somebody above gave what, where: the precedents. Why they did is said by the entry.
CREATE TABLE rulings (
  case_id BIGINT NOT NULL REFERENCES cases (id),
  entry BIGINT NOT NULL,
  at BIGINT NOT NULL,
  item TEXT NOT NULL REFERENCES items (code),
  place TEXT NOT NULL REFERENCES places (code),
  unit BIGINT NOT NULL REFERENCES units (id),
  duty_at BIGINT,
  PRIMARY KEY (case_id, entry)
) /* clustered */;
CREATE INDEX rulings_by_time ON rulings (at, case_id, entry);
CREATE INDEX rulings_by_item ON rulings (item, at);
