-- Who helps: volunteers with what they can and when, what they did, certificates of it, and the
-- units that are paired with a community.

-- What somebody can do: a tree, told by the dotted code. Those with a place were added there.
CREATE TABLE skills (
  code TEXT NOT NULL PRIMARY KEY,
  names TEXT NOT NULL,
  place TEXT REFERENCES places (code),
  closed_at BIGINT
) /* rows */;

-- A person in a community (or a grid of it). Whoever has left keeps the row without the person,
-- because what was done stays counted.
CREATE TABLE volunteers (
  id BIGINT NOT NULL PRIMARY KEY,
  person BIGINT REFERENCES persons (id),
  community TEXT NOT NULL REFERENCES places (code),
  place TEXT NOT NULL REFERENCES places (code),
  name TEXT NOT NULL,
  unit BIGINT REFERENCES units (id),
  unit_agreed_at BIGINT,
  skills TEXT NOT NULL,
  free_week BIGINT NOT NULL,
  free_days TEXT NOT NULL,
  reach TEXT NOT NULL,
  speaks TEXT NOT NULL,
  avoids TEXT NOT NULL,
  avoid_note TEXT NOT NULL,
  asked_at BIGINT NOT NULL,
  accepted_at BIGINT,
  declined_at BIGINT,
  declined_for TEXT,
  decided_post BIGINT REFERENCES posts (id),
  left_at BIGINT,
  CONSTRAINT volunteers_are_persons_until_they_leave CHECK ((left_at IS NULL) = (person IS NOT NULL)),
  CONSTRAINT volunteers_leave_nothing_behind CHECK (left_at IS NULL OR (name = '' AND avoid_note = '' AND skills = '[]' AND free_days = '[]')),
  CONSTRAINT volunteers_are_decided_once CHECK (accepted_at IS NULL OR declined_at IS NULL),
  CONSTRAINT volunteers_are_declined_for_a_reason CHECK ((declined_at IS NULL) = (declined_for IS NULL)),
  CONSTRAINT volunteers_free_weeks_have_21_parts CHECK (free_week BETWEEN 0 AND 2097151)
) /* rows */;
CREATE UNIQUE INDEX volunteers_by_person ON volunteers (person) WHERE person IS NOT NULL;
CREATE INDEX volunteers_asking ON volunteers (community, id) WHERE accepted_at IS NULL AND declined_at IS NULL AND left_at IS NULL;
CREATE INDEX volunteers_accepted ON volunteers (community, id) WHERE accepted_at IS NOT NULL AND left_at IS NULL;
CREATE INDEX volunteers_of_unit ON volunteers (unit, id) WHERE unit IS NOT NULL AND left_at IS NULL;

-- The skills of volunteers who have not left, the other way round: who can this, and where.
CREATE TABLE volunteer_skills (
  skill TEXT NOT NULL REFERENCES skills (code),
  community TEXT NOT NULL REFERENCES places (code),
  volunteer BIGINT NOT NULL REFERENCES volunteers (id),
  PRIMARY KEY (skill, community, volunteer)
) /* clustered */;

-- One line for each service: what, for whom in coarse terms, how long, confirmed by whom.
CREATE TABLE services (
  id BIGINT NOT NULL PRIMARY KEY,
  volunteer BIGINT NOT NULL REFERENCES volunteers (id),
  place TEXT NOT NULL REFERENCES places (code),
  unit BIGINT REFERENCES units (id),
  day BIGINT NOT NULL,
  what TEXT NOT NULL,
  whom TEXT NOT NULL,
  minutes BIGINT NOT NULL,
  case_id BIGINT REFERENCES cases (id),
  reported_at BIGINT NOT NULL,
  confirmed_at BIGINT,
  confirmed_by TEXT,
  refused_at BIGINT,
  refused_for TEXT,
  decided_post BIGINT REFERENCES posts (id),
  CONSTRAINT services_take_time CHECK (minutes BETWEEN 1 AND 1440),
  CONSTRAINT services_are_decided_once CHECK (confirmed_at IS NULL OR refused_at IS NULL),
  CONSTRAINT services_are_confirmed_by_somebody CHECK ((confirmed_at IS NULL) = (confirmed_by IS NULL)),
  CONSTRAINT services_are_refused_for_a_reason CHECK ((refused_at IS NULL) = (refused_for IS NULL))
) /* rows */;
CREATE INDEX services_of_volunteer ON services (volunteer, day, id);
CREATE INDEX services_waiting ON services (place, id) WHERE confirmed_at IS NULL AND refused_at IS NULL;
CREATE INDEX services_confirmed ON services (place, day, id) WHERE confirmed_at IS NOT NULL;
CREATE UNIQUE INDEX services_of_case ON services (case_id, volunteer) WHERE case_id IS NOT NULL;

-- Confirmed services by year, summed as they are confirmed, so that nobody counts: of a volunteer,
-- of a place, of a unit in a place. `whose` is the word and the number or code of it.
CREATE TABLE service_sums (
  whose TEXT NOT NULL,
  year BIGINT NOT NULL,
  services BIGINT NOT NULL,
  minutes BIGINT NOT NULL,
  PRIMARY KEY (whose, year)
) /* clustered */;

-- Courses that a volunteer took, and thanks that they were given.
CREATE TABLE volunteer_marks (
  id BIGINT NOT NULL PRIMARY KEY,
  volunteer BIGINT NOT NULL REFERENCES volunteers (id),
  sort TEXT NOT NULL,
  day BIGINT NOT NULL,
  what TEXT NOT NULL,
  minutes BIGINT NOT NULL,
  made_at BIGINT NOT NULL,
  post BIGINT NOT NULL REFERENCES posts (id),
  CONSTRAINT volunteer_marks_have_a_sort CHECK (sort IN ('training', 'recognition'))
) /* rows */;
CREATE INDEX volunteer_marks_of_volunteer ON volunteer_marks (volunteer, day, id);

-- What was certified stands as it was then, until the volunteer takes it back.
CREATE TABLE certificates (
  id BIGINT NOT NULL PRIMARY KEY,
  volunteer BIGINT NOT NULL REFERENCES volunteers (id),
  code TEXT NOT NULL UNIQUE,
  made_at BIGINT NOT NULL,
  content TEXT NOT NULL,
  revoked_at BIGINT,
  CONSTRAINT certificates_that_are_revoked_say_nothing CHECK (revoked_at IS NULL OR content = '{}')
) /* rows */;
CREATE INDEX certificates_of_volunteer ON certificates (volunteer, id);

-- A unit and the community with which it is paired.
CREATE TABLE partners (
  id BIGINT NOT NULL PRIMARY KEY,
  unit BIGINT NOT NULL REFERENCES units (id),
  place TEXT NOT NULL REFERENCES places (code),
  contact TEXT NOT NULL,
  asked_at BIGINT NOT NULL,
  asked_post BIGINT NOT NULL REFERENCES posts (id),
  agreed_at BIGINT,
  agreed_post BIGINT REFERENCES posts (id),
  ended_at BIGINT
) /* rows */;
CREATE UNIQUE INDEX partners_once ON partners (unit, place) WHERE ended_at IS NULL;
CREATE INDEX partners_by_place ON partners (place, id) WHERE ended_at IS NULL;

CREATE TABLE partner_resources (
  id BIGINT NOT NULL PRIMARY KEY,
  partner BIGINT NOT NULL REFERENCES partners (id),
  what TEXT NOT NULL,
  made_at BIGINT NOT NULL,
  closed_at BIGINT
) /* rows */;
CREATE INDEX partner_resources_of_partner ON partner_resources (partner, id) WHERE closed_at IS NULL;

-- What a unit did in the community: a meeting, a day together, a service, a project.
CREATE TABLE partner_deeds (
  id BIGINT NOT NULL PRIMARY KEY,
  partner BIGINT NOT NULL REFERENCES partners (id),
  sort TEXT NOT NULL,
  day BIGINT NOT NULL,
  what TEXT NOT NULL,
  reported_at BIGINT NOT NULL,
  reported_post BIGINT NOT NULL REFERENCES posts (id),
  confirmed_at BIGINT,
  confirmed_post BIGINT REFERENCES posts (id),
  refused_at BIGINT,
  CONSTRAINT partner_deeds_are_decided_once CHECK (confirmed_at IS NULL OR refused_at IS NULL)
) /* rows */;
CREATE INDEX partner_deeds_of_partner ON partner_deeds (partner, day, id);
