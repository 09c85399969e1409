-- Civic posts that volunteers take with a pledge, and households with the helper who visits them.

-- A post of a community for a term: what is to be done there, and how many hold it.
CREATE TABLE civic_posts (
  id BIGINT NOT NULL PRIMARY KEY,
  place TEXT NOT NULL REFERENCES places (code),
  title TEXT NOT NULL,
  duties TEXT NOT NULL,
  seats BIGINT NOT NULL,
  starts_on BIGINT NOT NULL,
  ends_on BIGINT NOT NULL,
  made_at BIGINT NOT NULL,
  made_post BIGINT NOT NULL REFERENCES posts (id),
  rated_until BIGINT,
  closed_at BIGINT,
  CONSTRAINT civic_posts_have_seats CHECK (seats BETWEEN 1 AND 99),
  CONSTRAINT civic_posts_end_after_they_start CHECK (ends_on >= starts_on)
) /* rows */;
CREATE INDEX civic_posts_by_place ON civic_posts (place, id) WHERE closed_at IS NULL;
-- Whoever looks after a place is told what waits there.
CREATE INDEX posts_by_place ON posts (place, id);

-- What somebody promises to do in a civic post, in public and under a name of their own choice.
-- Whoever gives it up keeps the row without the words.
CREATE TABLE pledges (
  id BIGINT NOT NULL PRIMARY KEY,
  civic_post BIGINT NOT NULL REFERENCES civic_posts (id),
  volunteer BIGINT NOT NULL REFERENCES volunteers (id),
  shown_as TEXT NOT NULL,
  promise TEXT NOT NULL,
  asked_at BIGINT NOT NULL,
  accepted_at BIGINT,
  declined_at BIGINT,
  declined_for TEXT,
  decided_post BIGINT REFERENCES posts (id),
  ended_at BIGINT,
  CONSTRAINT pledges_are_decided_once CHECK (accepted_at IS NULL OR declined_at IS NULL),
  CONSTRAINT pledges_are_declined_for_a_reason CHECK (declined_at IS NULL OR declined_for IS NOT NULL),
  CONSTRAINT pledges_leave_nothing_behind CHECK (ended_at IS NULL OR (shown_as = '' AND promise = '' AND declined_for IS NULL))
) /* rows */;
CREATE UNIQUE INDEX pledges_once ON pledges (civic_post, volunteer) WHERE ended_at IS NULL AND declined_at IS NULL;
CREATE INDEX pledges_of_civic_post ON pledges (civic_post, id) WHERE ended_at IS NULL;
CREATE INDEX pledges_of_volunteer ON pledges (volunteer, id) WHERE ended_at IS NULL;

-- What was done of a pledge, told by whoever made it.
CREATE TABLE pledge_reports (
  id BIGINT NOT NULL PRIMARY KEY,
  pledge BIGINT NOT NULL REFERENCES pledges (id),
  day BIGINT NOT NULL,
  what TEXT NOT NULL,
  made_at BIGINT NOT NULL
) /* rows */;
CREATE INDEX pledge_reports_of_pledge ON pledge_reports (pledge, day, id);

-- Residents say how far a post was of use, never how somebody was. Who has said so stands apart
-- from what was said, and only while the rating is open.
CREATE TABLE civic_post_ratings (
  civic_post BIGINT NOT NULL REFERENCES civic_posts (id),
  way TEXT NOT NULL,
  word TEXT NOT NULL,
  times BIGINT NOT NULL,
  PRIMARY KEY (civic_post, way, word),
  CONSTRAINT civic_post_ratings_have_a_way CHECK (way IN ('online', 'meeting')),
  CONSTRAINT civic_post_ratings_have_a_word CHECK (word IN ('much', 'partly', 'little')),
  CONSTRAINT civic_post_ratings_are_counts CHECK (times >= 0)
) /* clustered */;
CREATE TABLE civic_post_raters (
  civic_post BIGINT NOT NULL REFERENCES civic_posts (id),
  person BIGINT NOT NULL REFERENCES persons (id),
  PRIMARY KEY (civic_post, person)
) /* clustered */;

-- A household that asked for somebody who comes by, and who does. The household is an address
-- and a contact of its own choice, nothing else, and both go when it wants no more visits.
CREATE TABLE pairings (
  id BIGINT NOT NULL PRIMARY KEY,
  person BIGINT REFERENCES persons (id),
  place TEXT NOT NULL REFERENCES places (code),
  address TEXT NOT NULL,
  contact TEXT NOT NULL,
  rhythm TEXT NOT NULL,
  tolerance BIGINT NOT NULL,
  asked_at BIGINT NOT NULL,
  volunteer BIGINT REFERENCES volunteers (id),
  offered_at BIGINT,
  offered_post BIGINT REFERENCES posts (id),
  agreed_at BIGINT,
  next_on BIGINT,
  missed_from BIGINT,
  told_before BIGINT,
  told_on BIGINT,
  ended_at BIGINT,
  ended_by TEXT,
  CONSTRAINT pairings_have_a_rhythm CHECK (rhythm IN ('week', 'fortnight', 'month')),
  CONSTRAINT pairings_bear_some_days CHECK (tolerance BETWEEN 0 AND 30),
  CONSTRAINT pairings_last_while_the_household_wants CHECK ((ended_at IS NULL) = (person IS NOT NULL)),
  CONSTRAINT pairings_leave_nothing_behind CHECK (ended_at IS NULL OR (address = '' AND contact = '' AND volunteer IS NULL)),
  CONSTRAINT pairings_end_by_somebody CHECK ((ended_at IS NULL) = (ended_by IS NULL)),
  CONSTRAINT pairings_are_offered_to_somebody CHECK ((volunteer IS NULL) = (offered_at IS NULL)),
  CONSTRAINT pairings_are_agreed_by_somebody CHECK (agreed_at IS NULL OR volunteer IS NOT NULL),
  CONSTRAINT pairings_know_the_next_visit CHECK ((agreed_at IS NULL) = (next_on IS NULL) AND (next_on IS NULL) = (missed_from IS NULL))
) /* rows */;
CREATE UNIQUE INDEX pairings_once ON pairings (person) WHERE person IS NOT NULL;
CREATE INDEX pairings_of_volunteer ON pairings (volunteer, id) WHERE volunteer IS NOT NULL;
CREATE INDEX pairings_by_place ON pairings (place, id) WHERE ended_at IS NULL;
CREATE INDEX pairings_by_next ON pairings (next_on, id) WHERE next_on IS NOT NULL;
CREATE INDEX pairings_by_miss ON pairings (missed_from, id) WHERE missed_from IS NOT NULL;

-- What the household can read of each visit.
CREATE TABLE pairing_visits (
  id BIGINT NOT NULL PRIMARY KEY,
  pairing BIGINT NOT NULL REFERENCES pairings (id),
  volunteer BIGINT NOT NULL REFERENCES volunteers (id),
  day BIGINT NOT NULL,
  what TEXT NOT NULL,
  made_at BIGINT NOT NULL
) /* rows */;
CREATE INDEX pairing_visits_of_pairing ON pairing_visits (pairing, day, id);
CREATE INDEX pairing_visits_of_volunteer ON pairing_visits (volunteer, id);

-- A visit that did not take place: the community is told once, and says what it did.
CREATE TABLE pairing_misses (
  pairing BIGINT NOT NULL REFERENCES pairings (id),
  due_on BIGINT NOT NULL,
  place TEXT NOT NULL REFERENCES places (code),
  told_at BIGINT NOT NULL,
  seen_at BIGINT,
  seen_post BIGINT REFERENCES posts (id),
  done TEXT,
  PRIMARY KEY (pairing, due_on),
  CONSTRAINT pairing_misses_are_seen_with_what_was_done CHECK ((seen_at IS NULL) = (done IS NULL) AND (seen_at IS NULL) = (seen_post IS NULL))
) /* clustered */;
CREATE INDEX pairing_misses_open ON pairing_misses (place, pairing, due_on) WHERE seen_at IS NULL;
