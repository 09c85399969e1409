-- Rounds: what is looked at in which spots, how often, what was seen, and what became of it.
-- No column says who walked: rounds look at places.

CREATE TABLE checklists (
  id BIGINT NOT NULL PRIMARY KEY,
  unit BIGINT NOT NULL REFERENCES units (id),
  place TEXT NOT NULL REFERENCES places (code),
  sort TEXT NOT NULL,
  made_at BIGINT NOT NULL,
  closed_at BIGINT
) /* rows */;
CREATE INDEX checklists_by_place ON checklists (place, id);

-- A round is walked with the version that was in force when it was made.
CREATE TABLE checklist_versions (
  checklist BIGINT NOT NULL REFERENCES checklists (id),
  version BIGINT NOT NULL,
  names TEXT NOT NULL,
  lines TEXT NOT NULL,
  made_at BIGINT NOT NULL,
  PRIMARY KEY (checklist, version),
  CONSTRAINT checklist_versions_count_from_one CHECK (version >= 1)
) /* clustered */;

CREATE TABLE spots (
  id BIGINT NOT NULL PRIMARY KEY,
  place TEXT NOT NULL REFERENCES places (code),
  sort TEXT NOT NULL,
  names TEXT NOT NULL,
  position BIGINT,
  made_at BIGINT NOT NULL,
  seen_at BIGINT,
  closed_at BIGINT
) /* rows */;
CREATE INDEX spots_by_place ON spots (place, id);

CREATE TABLE cadences (
  id BIGINT NOT NULL PRIMARY KEY,
  checklist BIGINT NOT NULL REFERENCES checklists (id),
  unit BIGINT NOT NULL REFERENCES units (id),
  place TEXT NOT NULL REFERENCES places (code),
  every TEXT NOT NULL,
  first_on BIGINT NOT NULL,
  next_on BIGINT,
  made_at BIGINT NOT NULL,
  closed_at BIGINT,
  CONSTRAINT cadences_are_known CHECK (every IN ('day', 'week', 'month', 'storm')),
  CONSTRAINT cadences_after_a_storm_do_not_come_by_themselves CHECK ((every = 'storm') = (next_on IS NULL))
) /* rows */;
CREATE INDEX cadences_by_place ON cadences (place, id);
CREATE INDEX cadences_due ON cadences (next_on) WHERE closed_at IS NULL AND next_on IS NOT NULL;

CREATE TABLE rounds (
  id BIGINT NOT NULL PRIMARY KEY,
  cadence BIGINT NOT NULL REFERENCES cadences (id),
  checklist BIGINT NOT NULL,
  version BIGINT NOT NULL,
  unit BIGINT NOT NULL REFERENCES units (id),
  place TEXT NOT NULL REFERENCES places (code),
  day BIGINT NOT NULL,
  until_day BIGINT NOT NULL,
  made_at BIGINT NOT NULL,
  done_at BIGINT,
  FOREIGN KEY (checklist, version) REFERENCES checklist_versions (checklist, version),
  CONSTRAINT rounds_come_once_a_day UNIQUE (cadence, place, day),
  CONSTRAINT rounds_last_until_later CHECK (until_day >= day)
) /* rows */;
CREATE INDEX rounds_by_place ON rounds (place, day);
CREATE INDEX rounds_open ON rounds (place, day) WHERE done_at IS NULL;

-- The spots of a round in the order of walking, and how each stands: seen, or left out for a reason.
CREATE TABLE round_spots (
  round BIGINT NOT NULL REFERENCES rounds (id),
  number BIGINT NOT NULL,
  spot BIGINT NOT NULL REFERENCES spots (id),
  settled_at BIGINT,
  left_out_for TEXT,
  fault_count BIGINT NOT NULL,
  PRIMARY KEY (round, number),
  CONSTRAINT round_spots_come_once UNIQUE (round, spot),
  CONSTRAINT round_spots_are_left_out_at_an_instant CHECK (left_out_for IS NULL OR settled_at IS NOT NULL)
) /* clustered */;
CREATE INDEX round_spots_of_spot ON round_spots (spot, settled_at);

-- What was said of a spot, once or again: nothing is written over.
CREATE TABLE round_answers (
  id BIGINT NOT NULL PRIMARY KEY,
  round BIGINT NOT NULL REFERENCES rounds (id),
  spot BIGINT NOT NULL REFERENCES spots (id),
  unit BIGINT NOT NULL REFERENCES units (id),
  at BIGINT NOT NULL,
  marks TEXT,
  left_out_for TEXT,
  CONSTRAINT round_answers_say_one_thing CHECK ((marks IS NULL) <> (left_out_for IS NULL))
) /* rows */;
CREATE INDEX round_answers_of_spot ON round_answers (round, spot, id);

-- A case that was found on a round; `back_of` is the one that was mended and came back.
CREATE TABLE findings (
  case_id BIGINT NOT NULL PRIMARY KEY REFERENCES cases (id),
  answer BIGINT NOT NULL REFERENCES round_answers (id),
  round BIGINT NOT NULL REFERENCES rounds (id),
  spot BIGINT NOT NULL REFERENCES spots (id),
  place TEXT NOT NULL REFERENCES places (code),
  line TEXT NOT NULL,
  found_at BIGINT NOT NULL,
  back_of BIGINT REFERENCES findings (case_id)
) /* rows */;
CREATE INDEX findings_of_line ON findings (spot, line, found_at);
CREATE INDEX findings_by_place ON findings (place, found_at);

-- A review of what was found: its agenda as it was when it was held, and its minutes.
CREATE TABLE meetings (
  id BIGINT NOT NULL PRIMARY KEY,
  unit BIGINT NOT NULL REFERENCES units (id),
  place TEXT NOT NULL REFERENCES places (code),
  sort TEXT NOT NULL,
  since_at BIGINT NOT NULL,
  held_at BIGINT NOT NULL,
  attended TEXT NOT NULL,
  minutes TEXT NOT NULL,
  agenda TEXT NOT NULL,
  decisions TEXT NOT NULL,
  CONSTRAINT meetings_are_known CHECK (sort IN ('weekly', 'joint')),
  CONSTRAINT meetings_look_back CHECK (since_at <= held_at)
) /* rows */;
CREATE INDEX meetings_by_place ON meetings (place, held_at);
