-- Meals that a venue cooks: what there is on a day, and who has asked for how much of it.

CREATE TABLE kitchen_days (
  id BIGINT NOT NULL PRIMARY KEY,
  venue BIGINT NOT NULL REFERENCES venues (id),
  day BIGINT NOT NULL,
  sitting TEXT NOT NULL,
  until BIGINT NOT NULL,
  starts_at BIGINT NOT NULL,
  ends_at BIGINT NOT NULL,
  bringing TEXT NOT NULL,
  note TEXT NOT NULL,
  changed_at BIGINT NOT NULL,
  called_off_at BIGINT,
  CONSTRAINT kitchen_days_once UNIQUE (venue, day, sitting),
  CONSTRAINT kitchen_days_in_order CHECK (until <= starts_at AND starts_at < ends_at),
  CONSTRAINT kitchen_days_with_words CHECK (sitting IN ('breakfast', 'lunch', 'dinner') AND bringing IN ('offered', 'not'))
) /* rows */;
CREATE INDEX kitchen_days_by_end ON kitchen_days (ends_at);

-- A dish of such a day. How many portions are gone stands here, so that the database itself
-- refuses one more than there are.
CREATE TABLE dishes (
  kitchen_day BIGINT NOT NULL REFERENCES kitchen_days (id),
  number BIGINT NOT NULL,
  name TEXT NOT NULL,
  price_fen BIGINT NOT NULL,
  allergens TEXT NOT NULL,
  portions BIGINT NOT NULL,
  gone BIGINT NOT NULL,
  PRIMARY KEY (kitchen_day, number),
  CONSTRAINT dishes_cost_something_or_nothing CHECK (price_fen >= 0),
  CONSTRAINT dishes_are_never_more CHECK (portions > 0 AND gone >= 0 AND gone <= portions)
) /* clustered */;

-- What one person has asked for. After some weeks person, names, note and code are put away, and
-- the counts stay.
CREATE TABLE meals (
  id BIGINT NOT NULL PRIMARY KEY,
  kitchen_day BIGINT NOT NULL REFERENCES kitchen_days (id),
  person BIGINT REFERENCES persons (id),
  code TEXT,
  handing TEXT NOT NULL,
  whom TEXT NOT NULL,
  address TEXT NOT NULL,
  note TEXT NOT NULL,
  state TEXT NOT NULL,
  made_at BIGINT NOT NULL,
  changed_at BIGINT NOT NULL,
  ended_at BIGINT,
  CONSTRAINT meals_have_a_code_each UNIQUE (kitchen_day, code),
  CONSTRAINT meals_are_handed_in_a_way CHECK (handing IN ('pick-up', 'brought')),
  CONSTRAINT meals_with_a_state CHECK (state IN ('asked', 'handed', 'cancelled')),
  CONSTRAINT meals_end CHECK ((state = 'asked') = (ended_at IS NULL)),
  CONSTRAINT meals_are_put_away_whole CHECK (person IS NOT NULL OR (code IS NULL AND whom = '' AND address = '' AND note = ''))
) /* rows */;
CREATE INDEX meals_of_person ON meals (person, id) WHERE person IS NOT NULL;

CREATE TABLE meal_dishes (
  meal BIGINT NOT NULL REFERENCES meals (id),
  number BIGINT NOT NULL,
  portions BIGINT NOT NULL,
  PRIMARY KEY (meal, number),
  CONSTRAINT meal_dishes_are_something CHECK (portions > 0)
) /* clustered */;

-- Associations and interest groups. How many lead one stands beside it, so that the database
-- itself refuses to leave one without a leader.
CREATE TABLE associations (
  id BIGINT NOT NULL PRIMARY KEY,
  place TEXT NOT NULL REFERENCES places (code),
  unit BIGINT REFERENCES units (id),
  interest TEXT NOT NULL,
  name TEXT NOT NULL,
  about TEXT NOT NULL,
  meets TEXT NOT NULL,
  entry TEXT NOT NULL,
  state TEXT NOT NULL,
  leaders BIGINT NOT NULL,
  made_at BIGINT NOT NULL,
  changed_at BIGINT NOT NULL,
  ended_at BIGINT,
  CONSTRAINT associations_with_words CHECK (entry IN ('open', 'asked') AND state IN ('asked', 'registered', 'declined', 'closed')),
  CONSTRAINT associations_are_led CHECK ((state IN ('asked', 'registered')) = (leaders > 0)),
  CONSTRAINT associations_end CHECK ((state IN ('declined', 'closed')) = (ended_at IS NOT NULL)),
  CONSTRAINT associations_are_registered_by_somebody CHECK (state <> 'registered' OR unit IS NOT NULL)
) /* rows */;
CREATE INDEX associations_by_place ON associations (place, id);

-- Who is in one. Whoever leaves leaves no row behind.
CREATE TABLE association_members (
  association BIGINT NOT NULL REFERENCES associations (id),
  person BIGINT NOT NULL REFERENCES persons (id),
  standing TEXT NOT NULL,
  says TEXT NOT NULL,
  made_at BIGINT NOT NULL,
  PRIMARY KEY (association, person),
  CONSTRAINT association_members_with_a_standing CHECK (standing IN ('asked', 'member', 'leader'))
) /* clustered */;
CREATE INDEX association_members_of_person ON association_members (person, association);

ALTER TABLE activities ADD COLUMN association BIGINT REFERENCES associations (id);
CREATE INDEX activities_by_association ON activities (association, starts_at) WHERE association IS NOT NULL;
