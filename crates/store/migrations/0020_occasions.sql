-- Lists of many cases that a unit brings at once, and days on which many are brought together.

CREATE TABLE collections (
  id BIGINT NOT NULL PRIMARY KEY,
  unit BIGINT NOT NULL REFERENCES units (id),
  person BIGINT NOT NULL REFERENCES persons (id),
  place TEXT NOT NULL REFERENCES places (code),
  kind TEXT NOT NULL,
  title TEXT NOT NULL,
  brought_at BIGINT NOT NULL,
  line_count BIGINT NOT NULL,
  CONSTRAINT collections_hold_something CHECK (line_count > 0)
) /* rows */;
CREATE INDEX collections_by_place ON collections (place, id);

-- One line became one case. Its print is made of what it says, of who brought it, and of the
-- year: the same line twice adds nothing.
CREATE TABLE collection_lines (
  collection BIGINT NOT NULL REFERENCES collections (id),
  line BIGINT NOT NULL,
  case_id BIGINT NOT NULL REFERENCES cases (id),
  print TEXT NOT NULL,
  PRIMARY KEY (collection, line),
  CONSTRAINT collection_lines_come_once UNIQUE (print),
  CONSTRAINT collection_lines_have_a_case_each UNIQUE (case_id)
) /* clustered */;

CREATE TABLE occasions (
  id BIGINT NOT NULL PRIMARY KEY,
  unit BIGINT NOT NULL REFERENCES units (id),
  place TEXT NOT NULL REFERENCES places (code),
  kind TEXT NOT NULL,
  title TEXT NOT NULL,
  address TEXT NOT NULL,
  note TEXT NOT NULL,
  starts_at BIGINT NOT NULL,
  ends_at BIGINT NOT NULL,
  made_at BIGINT NOT NULL,
  cancelled_at BIGINT,
  cancelled_for TEXT,
  ended_at BIGINT,
  report TEXT,
  CONSTRAINT occasions_end_after_they_start CHECK (ends_at > starts_at),
  CONSTRAINT occasions_end_or_are_off CHECK (cancelled_at IS NULL OR ended_at IS NULL),
  CONSTRAINT occasions_are_off_for_a_reason CHECK ((cancelled_at IS NULL) = (cancelled_for IS NULL)),
  CONSTRAINT occasions_end_with_a_report CHECK ((ended_at IS NULL) = (report IS NULL))
) /* rows */;
CREATE INDEX occasions_by_start ON occasions (starts_at, id);

-- A case on an occasion. It is on one at most; handed over, or off again, it is settled.
CREATE TABLE occasion_lines (
  occasion BIGINT NOT NULL REFERENCES occasions (id),
  case_id BIGINT NOT NULL REFERENCES cases (id),
  state TEXT NOT NULL,
  gift BIGINT REFERENCES gifts (id),
  packed_at BIGINT,
  settled_at BIGINT,
  PRIMARY KEY (occasion, case_id),
  CONSTRAINT occasion_lines_with_a_state CHECK (state IN ('on', 'delivered', 'off')),
  CONSTRAINT occasion_lines_are_settled_once CHECK ((state = 'on') = (settled_at IS NULL))
) /* clustered */;
CREATE UNIQUE INDEX occasion_lines_one_day ON occasion_lines (case_id) WHERE state = 'on';
CREATE INDEX occasion_lines_of_gift ON occasion_lines (gift) WHERE gift IS NOT NULL;
