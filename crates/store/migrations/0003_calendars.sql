-- Working time: the hours of places, and the special days of places and units.

CREATE TABLE calendars (
  place TEXT NOT NULL PRIMARY KEY REFERENCES places (code),
  zone TEXT NOT NULL,
  nation TEXT,
  week TEXT NOT NULL
) /* clustered */;

-- A day off has no hours; a workday without hours has those of its weekday.
CREATE TABLE special_days (
  id BIGINT NOT NULL PRIMARY KEY,
  place TEXT REFERENCES places (code),
  unit BIGINT REFERENCES units (id),
  date BIGINT NOT NULL,
  sort TEXT NOT NULL,
  hours TEXT,
  names TEXT NOT NULL,
  CONSTRAINT special_days_are_somebodys CHECK ((place IS NULL) <> (unit IS NULL)),
  CONSTRAINT special_days_have_a_sort CHECK ((sort = 'off' AND hours IS NULL) OR (sort = 'working'))
) /* rows */;
CREATE UNIQUE INDEX special_days_of_place ON special_days (place, date) WHERE place IS NOT NULL;
CREATE UNIQUE INDEX special_days_of_unit ON special_days (unit, date) WHERE unit IS NOT NULL;
