-- Tasks that somebody higher up gives to many places in one act, their parts, and what came back.

-- How many tasks may be due in one week on one desk of a place; the nearest above holds.
CREATE TABLE task_limits (
  place TEXT NOT NULL PRIMARY KEY REFERENCES places (code),
  warn BIGINT NOT NULL,
  refuse BIGINT NOT NULL,
  set_at BIGINT NOT NULL,
  set_post BIGINT NOT NULL REFERENCES posts (id),
  CONSTRAINT task_limits_warn_before_they_refuse CHECK (warn BETWEEN 1 AND refuse AND refuse <= 99)
) /* rows */;

-- A regular task that comes back by a rule: what is given each time, and when next.
CREATE TABLE task_rules (
  id BIGINT NOT NULL PRIMARY KEY,
  title TEXT NOT NULL,
  standard TEXT NOT NULL,
  wants TEXT NOT NULL,
  counted_in TEXT NOT NULL,
  place TEXT NOT NULL REFERENCES places (code),
  level TEXT NOT NULL,
  only_places TEXT NOT NULL,
  rhythm TEXT NOT NULL,
  first_on BIGINT NOT NULL,
  next_on BIGINT NOT NULL,
  working_days BIGINT NOT NULL,
  made_at BIGINT NOT NULL,
  made_post BIGINT NOT NULL REFERENCES posts (id),
  ended_at BIGINT,
  CONSTRAINT task_rules_with_a_rhythm CHECK (rhythm IN ('week', 'month', 'quarter')),
  CONSTRAINT task_rules_give_time CHECK (working_days BETWEEN 1 AND 60)
) /* rows */;
CREATE INDEX task_rules_by_next ON task_rules (next_on, id) WHERE ended_at IS NULL;
CREATE INDEX task_rules_by_place ON task_rules (place, id) WHERE ended_at IS NULL;

CREATE TABLE tasks (
  id BIGINT NOT NULL PRIMARY KEY,
  sort TEXT NOT NULL,
  title TEXT NOT NULL,
  standard TEXT NOT NULL,
  wants TEXT NOT NULL,
  counted_in TEXT NOT NULL,
  place TEXT NOT NULL REFERENCES places (code),
  level TEXT NOT NULL,
  due_on BIGINT NOT NULL,
  given_at BIGINT NOT NULL,
  given_unit BIGINT NOT NULL REFERENCES units (id),
  given_post BIGINT NOT NULL REFERENCES posts (id),
  part_count BIGINT NOT NULL,
  over_limit_for TEXT,
  rule BIGINT REFERENCES task_rules (id),
  withdrawn_at BIGINT,
  withdrawn_for TEXT,
  CONSTRAINT tasks_of_a_sort CHECK (sort IN ('regular', 'key', 'urgent')),
  CONSTRAINT tasks_have_parts CHECK (part_count > 0),
  CONSTRAINT tasks_over_the_limit_are_urgent CHECK (over_limit_for IS NULL OR sort = 'urgent'),
  CONSTRAINT tasks_are_withdrawn_for_a_reason CHECK ((withdrawn_at IS NULL) = (withdrawn_for IS NULL))
) /* rows */;
CREATE INDEX tasks_of_unit ON tasks (given_unit, id);

-- What one place has to do of a task. A task lies together, in the order of the tree: what lies
-- below a place is one range.
CREATE TABLE task_parts (
  task BIGINT NOT NULL REFERENCES tasks (id),
  place TEXT NOT NULL REFERENCES places (code),
  above TEXT,
  unit BIGINT NOT NULL REFERENCES units (id),
  due_on BIGINT NOT NULL,
  state TEXT NOT NULL,
  lies_with BIGINT REFERENCES units (id),
  amount BIGINT,
  reported_by BIGINT REFERENCES persons (id),
  version BIGINT NOT NULL,
  changed_at BIGINT NOT NULL,
  PRIMARY KEY (task, place),
  CONSTRAINT task_parts_with_a_state CHECK (state IN ('given', 'noted', 'reported', 'sent-back', 'verified', 'broken-down', 'withdrawn')),
  CONSTRAINT task_parts_lie_with_somebody_while_open CHECK ((lies_with IS NOT NULL) = (state IN ('given', 'noted', 'reported', 'sent-back'))),
  CONSTRAINT task_parts_lie_with_whoever_has_them CHECK (state NOT IN ('given', 'noted', 'sent-back') OR lies_with = unit),
  CONSTRAINT task_parts_have_a_history CHECK (version >= 0)
) /* clustered */;
CREATE INDEX task_parts_by_place ON task_parts (place, due_on, task);
CREATE INDEX task_parts_by_desk ON task_parts (lies_with, due_on, task, place) WHERE lies_with IS NOT NULL;
CREATE INDEX task_parts_by_due ON task_parts (due_on, place)
  WHERE state IN ('given', 'noted', 'sent-back');

-- What happened to a part, line by line. A report names itself: sent twice, it is one.
CREATE TABLE task_entries (
  task BIGINT NOT NULL,
  place TEXT NOT NULL,
  number BIGINT NOT NULL,
  state TEXT NOT NULL,
  at BIGINT NOT NULL,
  post BIGINT NOT NULL REFERENCES posts (id),
  says TEXT NOT NULL,
  amount BIGINT,
  report BIGINT,
  PRIMARY KEY (task, place, number),
  CONSTRAINT task_entries_of_a_part FOREIGN KEY (task, place) REFERENCES task_parts (task, place),
  CONSTRAINT task_entries_begin_with_one CHECK (number > 0),
  CONSTRAINT task_entries_send_back_for_a_reason CHECK (state <> 'sent-back' OR says <> ''),
  CONSTRAINT task_entries_of_reports CHECK ((report IS NOT NULL) = (state = 'reported'))
) /* clustered */;
CREATE UNIQUE INDEX task_entries_once ON task_entries (report) WHERE report IS NOT NULL;

-- The photos of a report.
CREATE TABLE task_photos (
  file BIGINT NOT NULL PRIMARY KEY REFERENCES files (id),
  task BIGINT NOT NULL,
  place TEXT NOT NULL,
  number BIGINT NOT NULL,
  CONSTRAINT task_photos_of_a_report FOREIGN KEY (task, place, number) REFERENCES task_entries (task, place, number)
) /* rows */;
CREATE INDEX task_photos_of_part ON task_photos (task, place, number, file);
