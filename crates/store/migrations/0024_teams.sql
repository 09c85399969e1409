-- The team of a grid and who stands in for whom. Whoever leaves keeps the line, so that it can be
-- told who it was when; a helper without an account keeps it without name and number.
CREATE TABLE team_members (
  id BIGINT NOT NULL PRIMARY KEY,
  place TEXT NOT NULL REFERENCES places (code),
  function TEXT NOT NULL,
  person BIGINT REFERENCES persons (id),
  post BIGINT REFERENCES posts (id),
  shown_as TEXT NOT NULL,
  phone TEXT NOT NULL,
  hours TEXT NOT NULL,
  agreed_at BIGINT,
  starts_at BIGINT NOT NULL,
  made_post BIGINT NOT NULL REFERENCES posts (id),
  ends_at BIGINT,
  left_to TEXT,
  ended_post BIGINT REFERENCES posts (id),
  CONSTRAINT team_members_have_a_function CHECK (function IN ('linked-official', 'community-worker', 'grid-worker', 'building-head', 'unit-head', 'helper')),
  CONSTRAINT team_members_lie_in_a_grid CHECK (length(place) >= 15),
  CONSTRAINT team_members_work_in_a_post CHECK ((function IN ('community-worker', 'grid-worker')) = (post IS NOT NULL)),
  CONSTRAINT team_members_with_a_post_are_persons CHECK (post IS NULL OR person IS NOT NULL),
  CONSTRAINT team_members_have_agreed CHECK (agreed_at IS NOT NULL OR (phone = '' AND (person IS NOT NULL OR shown_as = ''))),
  CONSTRAINT team_members_leave_it_to_somebody CHECK ((ends_at IS NULL) = (left_to IS NULL)),
  CONSTRAINT team_members_leave_it_as_said CHECK (left_to IS NULL OR left_to IN ('successor', 'community', 'nobody')),
  CONSTRAINT team_members_orphan_no_grid CHECK (left_to IS NULL OR left_to <> 'nobody' OR function <> 'grid-worker'),
  CONSTRAINT team_members_leave_no_number CHECK (ends_at IS NULL OR (phone = '' AND (person IS NOT NULL OR shown_as = ''))),
  CONSTRAINT team_members_end_after_they_start CHECK (ends_at >= starts_at)
) /* rows */;
CREATE UNIQUE INDEX team_members_single ON team_members (place, function) WHERE ends_at IS NULL AND function IN ('linked-official', 'community-worker', 'grid-worker');
CREATE INDEX team_members_by_place ON team_members (place, id) WHERE ends_at IS NULL;
CREATE INDEX team_members_past ON team_members (place, ends_at, id) WHERE ends_at IS NOT NULL;

-- Somebody stands in from one instant to another, with a post of their own where they need one.
CREATE TABLE team_substitutes (
  id BIGINT NOT NULL PRIMARY KEY,
  member BIGINT NOT NULL REFERENCES team_members (id),
  place TEXT NOT NULL REFERENCES places (code),
  person BIGINT NOT NULL REFERENCES persons (id),
  post BIGINT REFERENCES posts (id),
  shown_as TEXT NOT NULL,
  phone TEXT NOT NULL,
  hours TEXT NOT NULL,
  agreed_at BIGINT,
  starts_at BIGINT NOT NULL,
  ends_at BIGINT NOT NULL,
  made_post BIGINT NOT NULL REFERENCES posts (id),
  CONSTRAINT team_substitutes_end_after_they_start CHECK (ends_at >= starts_at),
  CONSTRAINT team_substitutes_have_agreed CHECK (agreed_at IS NOT NULL OR phone = '')
) /* rows */;
CREATE INDEX team_substitutes_by_place ON team_substitutes (place, ends_at, id);
CREATE INDEX team_substitutes_of_member ON team_substitutes (member, ends_at);
