-- Clocks that stand and go on, what was promised to people, published norms.

-- A limit as people write it: 30m, 4h, 3d, 4wh, 5wd.
ALTER TABLE duties RENAME TO duties_in_minutes;
CREATE TABLE duties (
  item TEXT NOT NULL REFERENCES items (code),
  place TEXT NOT NULL REFERENCES places (code),
  unit BIGINT NOT NULL REFERENCES units (id),
  assisting TEXT NOT NULL,
  time_limit TEXT,
  PRIMARY KEY (item, place)
) /* clustered */;
INSERT INTO duties (item, place, unit, assisting, time_limit)
SELECT item, place, unit, assisting, CASE WHEN limit_minutes IS NULL THEN NULL ELSE CAST(limit_minutes AS TEXT) || 'm' END FROM duties_in_minutes;
DROP TABLE duties_in_minutes;

-- When a clock next does something by itself: it warns, ends, or goes on.
ALTER TABLE cases ADD COLUMN wake_at BIGINT;
UPDATE cases SET wake_at = due_at WHERE closed_at IS NULL;
-- How it counts, its warnings, and what is remembered of clocks that go on later.
ALTER TABLE cases ADD COLUMN timing TEXT CONSTRAINT open_cases_wake CHECK (closed_at IS NOT NULL OR clock IS NULL OR (wake_at IS NOT NULL AND wake_at <= due_at));
-- A clock runs, or it stands for a reason, until an instant, with so much left.
ALTER TABLE cases ADD COLUMN paused_at BIGINT;
ALTER TABLE cases ADD COLUMN paused_until BIGINT;
ALTER TABLE cases ADD COLUMN paused_for TEXT;
ALTER TABLE cases ADD COLUMN paused_left BIGINT CONSTRAINT paused_cases_go_on CHECK ((paused_at IS NULL AND paused_until IS NULL AND paused_for IS NULL AND paused_left IS NULL) OR (paused_at IS NOT NULL AND paused_for IS NOT NULL AND paused_left >= 0 AND paused_until > paused_at AND paused_until = wake_at AND closed_at IS NULL));
CREATE INDEX cases_open_by_wake ON cases (wake_at, id) WHERE closed_at IS NULL;

-- What was promised to whoever brought a case in.
CREATE TABLE terms (
  case_id BIGINT NOT NULL REFERENCES cases (id),
  name TEXT NOT NULL,
  started_at BIGINT NOT NULL,
  time_limit TEXT NOT NULL,
  first_due_at BIGINT NOT NULL,
  due_at BIGINT NOT NULL,
  met_at BIGINT,
  left_us BIGINT,
  PRIMARY KEY (case_id, name),
  CONSTRAINT terms_have_time_left_or_none CHECK (left_us >= 0)
) /* clustered */;

-- How long something may take, since when. A line that counts is never rewritten.
CREATE TABLE norms (
  kind TEXT NOT NULL,
  clock TEXT NOT NULL,
  item TEXT NOT NULL,
  request TEXT NOT NULL,
  urgency TEXT NOT NULL,
  from_day BIGINT NOT NULL,
  time_limit TEXT NOT NULL,
  made_at BIGINT NOT NULL,
  PRIMARY KEY (kind, clock, item, request, urgency, from_day),
  CONSTRAINT norms_are_urgent_or_plain CHECK (urgency IN ('plain', 'urgent'))
) /* clustered */;

-- What was promised first stays; norms stay.
-- only: sqlite
CREATE TRIGGER first_promises_stay BEFORE UPDATE OF case_id, name, started_at, first_due_at ON terms
BEGIN SELECT RAISE(ABORT, 'first promises stay'); END;
CREATE TRIGGER norms_are_not_changed BEFORE UPDATE ON norms
BEGIN SELECT RAISE(ABORT, 'norms stay'); END;
CREATE TRIGGER norms_are_not_deleted BEFORE DELETE ON norms
BEGIN SELECT RAISE(ABORT, 'norms stay'); END;
-- only: postgres
CREATE FUNCTION promises_stay() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'first promises and norms stay'; END $$;
CREATE TRIGGER first_promises_stay BEFORE UPDATE OF case_id, name, started_at, first_due_at ON terms
FOR EACH STATEMENT EXECUTE FUNCTION promises_stay();
CREATE TRIGGER norms_are_not_changed BEFORE UPDATE OR DELETE OR TRUNCATE ON norms
FOR EACH STATEMENT EXECUTE FUNCTION promises_stay();
-- both
