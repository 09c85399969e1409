-- How people are told: what each prefers, who is on duty, what each is to be told, what
-- leaves the house, and who elsewhere hears of it.

CREATE TABLE preferences (
  person BIGINT NOT NULL PRIMARY KEY REFERENCES persons (id),
  how TEXT NOT NULL,
  changed_at BIGINT NOT NULL
) /* rows */;

-- Who is on duty when others are asleep.
CREATE TABLE shifts (
  id BIGINT NOT NULL PRIMARY KEY,
  post BIGINT NOT NULL REFERENCES posts (id),
  starts_at BIGINT NOT NULL,
  ends_at BIGINT NOT NULL,
  CONSTRAINT shifts_end_after_they_start CHECK (ends_at > starts_at)
) /* rows */;
CREATE INDEX shifts_by_post ON shifts (post, ends_at);

-- One notice for one reader by one way. The reader is a person, or the case when whoever
-- brought it in has no account. What is due waits for its message.
CREATE TABLE tellings (
  id BIGINT NOT NULL PRIMARY KEY,
  notice BIGINT NOT NULL REFERENCES notices (id),
  reader BIGINT NOT NULL,
  person BIGINT REFERENCES persons (id),
  channel TEXT NOT NULL,
  importance TEXT NOT NULL,
  pace TEXT NOT NULL,
  due_at BIGINT,
  message BIGINT,
  read_at BIGINT,
  CONSTRAINT tellings_are_told_once UNIQUE (notice, reader, channel),
  CONSTRAINT tellings_wait_or_are_told CHECK (due_at IS NULL OR message IS NULL)
) /* rows */;
CREATE INDEX tellings_by_time ON tellings (due_at) WHERE due_at IS NOT NULL;
CREATE INDEX tellings_to_tell ON tellings (reader, channel) WHERE due_at IS NOT NULL;
CREATE INDEX tellings_to_read ON tellings (person, notice) WHERE channel = 'product';
CREATE INDEX tellings_unread ON tellings (person, notice) WHERE channel = 'product' AND read_at IS NULL;

-- Everybody reads their own now, and nothing is read for a whole unit.
DROP INDEX notices_of_unit;
DROP INDEX notices_of_person;
CREATE INDEX notices_by_case ON notices (case_id);

-- Whatever leaves the house stands here first: once for each cause and recipient.
ALTER TABLE outbox ADD COLUMN cause TEXT;
ALTER TABLE outbox ADD COLUMN target BIGINT;
-- The hours in which it does not go out, if it waits for anybody's.
ALTER TABLE outbox ADD COLUMN quiet TEXT;
ALTER TABLE outbox ADD COLUMN sent_at BIGINT;
UPDATE outbox SET sent_at = at;
CREATE UNIQUE INDEX outbox_by_cause ON outbox (cause);
CREATE INDEX outbox_of_target ON outbox (target, id) WHERE target IS NOT NULL AND sent_at IS NULL;
CREATE INDEX jobs_by_subject ON jobs (subject);

-- Addresses elsewhere that are told what happens here.
CREATE TABLE webhooks (
  id BIGINT NOT NULL PRIMARY KEY,
  name TEXT NOT NULL,
  url TEXT NOT NULL,
  secret BYTES NOT NULL,
  events TEXT NOT NULL,
  place TEXT NOT NULL REFERENCES places (code),
  unit BIGINT REFERENCES units (id),
  made_at BIGINT NOT NULL,
  fault TEXT,
  failing_since BIGINT,
  off_at BIGINT,
  ended_at BIGINT
) /* rows */;
