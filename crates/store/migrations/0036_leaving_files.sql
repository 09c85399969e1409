-- What files held that nobody needs any more, while it is taken away. A hash stands here from
-- when that is decided until the bytes are gone; meanwhile no file is taken in that holds the same.
CREATE TABLE leaving_files (
  hash BYTES NOT NULL PRIMARY KEY,
  since BIGINT NOT NULL
) /* clustered */;
CREATE INDEX leaving_files_by_age ON leaving_files (since);
