-- Doors of places. No name, no number of people, no remark, no link to a person or a case.

CREATE TABLE households (
  id BIGINT NOT NULL PRIMARY KEY,
  place TEXT NOT NULL REFERENCES places (code),
  door TEXT NOT NULL,
  sorted TEXT NOT NULL,
  made_at BIGINT NOT NULL,
  closed_at BIGINT,
  CONSTRAINT households_have_a_door_each UNIQUE (place, sorted),
  CONSTRAINT households_have_something_on_the_door CHECK (length(door) BETWEEN 1 AND 30 AND length(sorted) >= 1)
) /* rows */;

-- What the people of a door left, sealed; after a year the row goes.
CREATE TABLE household_contacts (
  household BIGINT NOT NULL PRIMARY KEY REFERENCES households (id),
  contact TEXT NOT NULL,
  agreed_on BIGINT NOT NULL,
  kept_until BIGINT NOT NULL,
  post BIGINT NOT NULL REFERENCES posts (id),
  CONSTRAINT household_contacts_are_kept_for_a_year CHECK (kept_until BETWEEN agreed_on AND agreed_on + 10000)
) /* rows */;
CREATE INDEX household_contacts_until ON household_contacts (kept_until);

-- Every look behind that seal, with its reason.
CREATE TABLE household_looks (
  id BIGINT NOT NULL PRIMARY KEY,
  at BIGINT NOT NULL,
  household BIGINT NOT NULL REFERENCES households (id),
  person BIGINT NOT NULL REFERENCES persons (id),
  post BIGINT NOT NULL REFERENCES posts (id),
  unit BIGINT NOT NULL REFERENCES units (id),
  purpose TEXT NOT NULL
) /* rows */;
CREATE INDEX household_looks_of ON household_looks (household, id);
