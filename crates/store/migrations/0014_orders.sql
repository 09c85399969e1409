-- Services to order, and whom to call when something happens on the way.

-- A menu: what residents may order in a place and all that lies within.
CREATE TABLE menu_services (
  id BIGINT NOT NULL PRIMARY KEY,
  place TEXT NOT NULL REFERENCES places (code),
  position BIGINT NOT NULL,
  says TEXT NOT NULL,
  skills TEXT NOT NULL,
  minutes BIGINT,
  venue TEXT NOT NULL,
  pairs TEXT NOT NULL,
  season_from TEXT,
  season_to TEXT,
  closed_at BIGINT,
  version BIGINT NOT NULL,
  CONSTRAINT menu_services_have_a_venue CHECK (venue IN ('home', 'community', 'remote')),
  CONSTRAINT menu_services_say_who_comes CHECK (pairs IN ('never', 'first', 'always')),
  CONSTRAINT menu_services_have_a_whole_season CHECK ((season_from IS NULL) = (season_to IS NULL))
) /* rows */;
CREATE INDEX menu_services_by_place ON menu_services (place, position, id);

ALTER TABLE petitioners ADD COLUMN emergency TEXT;

-- What comes back every week or month: when next, and the cases opened for it.
CREATE TABLE order_series (
  id BIGINT NOT NULL PRIMARY KEY,
  place TEXT NOT NULL,
  every TEXT NOT NULL,
  first_on BIGINT NOT NULL,
  next_on BIGINT NOT NULL,
  last_case BIGINT NOT NULL REFERENCES cases (id),
  paused_at BIGINT,
  ended_at BIGINT,
  version BIGINT NOT NULL,
  CONSTRAINT order_series_come_back CHECK (every IN ('week', 'fortnight', 'month') AND next_on >= first_on)
) /* rows */;
CREATE INDEX order_series_due ON order_series (next_on, id) WHERE ended_at IS NULL AND paused_at IS NULL;

CREATE TABLE order_series_cases (
  case_id BIGINT NOT NULL PRIMARY KEY REFERENCES cases (id),
  series BIGINT NOT NULL REFERENCES order_series (id)
) /* rows */;
CREATE INDEX order_series_cases_by_series ON order_series_cases (series, case_id);

-- The wall is filtered by place and by the sort of thing.
ALTER TABLE public_cases ADD COLUMN sort TEXT;
CREATE INDEX public_cases_open_by_place ON public_cases (kind, place, sort) WHERE closed_on IS NULL;

-- Gifts in money (in fen) and in kind (in pieces). What is here is public; who gave lies apart.
CREATE TABLE gifts (
  id BIGINT NOT NULL PRIMARY KEY,
  place TEXT NOT NULL REFERENCES places (code),
  year BIGINT NOT NULL,
  number BIGINT NOT NULL,
  sort TEXT NOT NULL,
  what TEXT NOT NULL,
  amount BIGINT NOT NULL,
  donor_shown TEXT,
  received_on BIGINT NOT NULL,
  CONSTRAINT gifts_have_a_sort CHECK (sort IN ('money', 'goods')),
  CONSTRAINT gifts_are_something CHECK (amount > 0),
  CONSTRAINT gifts_have_a_number UNIQUE (place, year, number)
) /* rows */;
CREATE INDEX gifts_by_place ON gifts (place, id);

-- Sealed: who gave, for the receipt only.
CREATE TABLE gift_donors (
  gift BIGINT NOT NULL PRIMARY KEY REFERENCES gifts (id),
  name TEXT,
  contact TEXT
) /* rows */;

-- Where it went, line by line, never changed: a mistake is taken back by a line of its own.
CREATE TABLE gift_lines (
  gift BIGINT NOT NULL REFERENCES gifts (id),
  line BIGINT NOT NULL,
  at BIGINT NOT NULL,
  amount BIGINT NOT NULL,
  toward TEXT NOT NULL,
  corrects BIGINT,
  PRIMARY KEY (gift, line),
  CONSTRAINT gift_lines_give_or_take_back CHECK ((corrects IS NULL AND amount > 0) OR (corrects IS NOT NULL AND amount < 0)),
  CONSTRAINT gift_lines_are_corrected_once UNIQUE (gift, corrects)
) /* rows */;
