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
CREATE INDEX follow_ups_done ON follow_ups (done_at, place, result) WHERE done_at IS NOT NULL;

-- One for each answer: what a program noticed, and what somebody found who read it.
CREATE TABLE inspections (
  case_id BIGINT NOT NULL REFERENCES cases (id),
  entry BIGINT NOT NULL,
  kind TEXT NOT NULL,
  place TEXT NOT NULL,
  unit BIGINT,
  answered_at BIGINT NOT NULL,
  print BIGINT,
  flags TEXT NOT NULL,
  flags_count BIGINT NOT NULL,
  chosen_at BIGINT,
  checks TEXT,
  checks_yes BIGINT NOT NULL,
  checks_of BIGINT NOT NULL,
  done_at BIGINT,
  PRIMARY KEY (case_id, entry)
) /* clustered */;
CREATE INDEX inspections_by_print ON inspections (print) WHERE print IS NOT NULL;
CREATE INDEX inspections_waiting ON inspections (place) WHERE chosen_at IS NOT NULL AND done_at IS NULL;
CREATE INDEX inspections_by_answer ON inspections (answered_at, place);

-- What was closed and when it changed last: rates of a period read these cases, and not all.
CREATE INDEX cases_closed_by_change ON cases (changed_at, opened_at, place, closed_at, id) WHERE closed_at IS NOT NULL;
