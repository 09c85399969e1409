-- What was written down without signal and sent later. One row for each form that was applied:
-- it is written in the transaction of what the form does, so that both happen once or neither.
CREATE TABLE applied (
  person BIGINT NOT NULL REFERENCES persons (id),
  token TEXT NOT NULL,
  request_hash BYTES NOT NULL,
  made_at BIGINT NOT NULL,
  applied_at BIGINT NOT NULL,
  PRIMARY KEY (person, token),
  CONSTRAINT applied_after_it_was_made CHECK (applied_at >= made_at)
) /* clustered */;
CREATE INDEX applied_by_age ON applied (applied_at);

-- Pieces of files that are ahead of their form. They are put together when the form names the
-- file, and lie here for no longer than that.
CREATE TABLE staged_pieces (
  person BIGINT NOT NULL REFERENCES persons (id),
  token TEXT NOT NULL,
  starts_at_byte BIGINT NOT NULL,
  size BIGINT NOT NULL,
  content BYTES NOT NULL,
  staged_at BIGINT NOT NULL,
  PRIMARY KEY (person, token, starts_at_byte),
  CONSTRAINT staged_pieces_hold_something CHECK (starts_at_byte >= 0 AND size > 0)
) /* rows */;
CREATE INDEX staged_pieces_by_age ON staged_pieces (staged_at);
