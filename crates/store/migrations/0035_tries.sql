-- How often somebody may try what can be guessed, counted once for all processes of a house. A
-- row is a bucket: when it is full again, so many more tries are free.
CREATE TABLE tries (
  tried BIGINT NOT NULL PRIMARY KEY,
  full_at BIGINT NOT NULL
) /* clustered */;
CREATE INDEX tries_by_age ON tries (full_at);
