-- What is looked at from above: rules that count from a day on, and follow-up calls.

CREATE TABLE supervision_rules (
  id BIGINT NOT NULL PRIMARY KEY,
  sort TEXT NOT NULL,
  starts_on BIGINT NOT NULL,
  rules TEXT NOT NULL,
  made_at BIGINT NOT NULL,
  CONSTRAINT supervision_rules_have_a_sort CHECK (sort IN ('rates', 'follow-ups', 'inspections'))
) /* rows */;

-- One for each case that a rule has chosen, so that nobody is called twice.
CREATE TABLE follow_ups (
  case_id BIGINT NOT NULL PRIMARY KEY REFERENCES cases (id),
  kind TEXT NOT NULL,
  place TEXT NOT NULL,
  chosen_at BIGINT NOT NULL,
  why TEXT NOT NULL,
  tries BIGINT NOT NULL,
  tried_at BIGINT,
  done_at BIGINT,
  result TEXT,
  CONSTRAINT follow_ups_end_with_a_result CHECK ((done_at IS NULL) = (result IS NULL))
) /* rows */;
CREATE INDEX follow_ups_waiting ON follow_ups (place, chosen_at) WHERE done_at IS NULL;
