-- Photos that everybody may see, of a venue or of an activity. Whoever can be recognised has
-- agreed; one who thinks again is taken down with the file.
CREATE TABLE pictures (
  file BIGINT NOT NULL PRIMARY KEY REFERENCES files (id),
  venue BIGINT REFERENCES venues (id),
  activity BIGINT REFERENCES activities (id),
  says TEXT NOT NULL,
  hung_at BIGINT NOT NULL,
  CONSTRAINT pictures_are_of_one_thing CHECK ((venue IS NULL) <> (activity IS NULL))
) /* rows */;
CREATE INDEX pictures_of_venue ON pictures (venue, hung_at, file) WHERE venue IS NOT NULL;
CREATE INDEX pictures_of_activity ON pictures (activity, hung_at, file) WHERE activity IS NOT NULL;
