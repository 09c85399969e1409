-- The house: places, units, people, and what the product keeps for itself.
-- Written in the portable words of src/dialect/ddl.rs.

CREATE TABLE settings (
  name TEXT NOT NULL PRIMARY KEY,
  value TEXT NOT NULL
) /* clustered */;

-- The code is the path: an ancestor's code is a prefix of it.
CREATE TABLE places (
  code TEXT NOT NULL PRIMARY KEY,
  names TEXT NOT NULL,
  shape TEXT,
  closed_at BIGINT,
  CONSTRAINT places_have_a_level CHECK (length(code) IN (4, 6, 9, 12, 15, 18, 21, 24))
) /* clustered */;

CREATE TABLE units (
  id BIGINT NOT NULL PRIMARY KEY,
  category TEXT NOT NULL,
  names TEXT NOT NULL,
  place TEXT NOT NULL REFERENCES places (code),
  parent BIGINT REFERENCES units (id),
  closed_at BIGINT
) /* rows */;
CREATE INDEX units_by_place ON units (place, category);

CREATE TABLE items (
  code TEXT NOT NULL PRIMARY KEY,
  names TEXT NOT NULL,
  keywords TEXT NOT NULL,
  closed_at BIGINT
) /* clustered */;

-- Who answers for what, where.
CREATE TABLE duties (
  item TEXT NOT NULL REFERENCES items (code),
  place TEXT NOT NULL REFERENCES places (code),
  unit BIGINT NOT NULL REFERENCES units (id),
  assisting TEXT NOT NULL,
  limit_minutes BIGINT,
  PRIMARY KEY (item, place),
  CONSTRAINT duties_have_time CHECK (limit_minutes > 0)
) /* clustered */;

-- Whoever can sign in: staff by login and password, volunteers by a verified contact.
CREATE TABLE persons (
  id BIGINT NOT NULL PRIMARY KEY,
  login TEXT UNIQUE,
  contact TEXT UNIQUE,
  name TEXT NOT NULL,
  language TEXT NOT NULL,
  password_hash TEXT,
  totp_secret BYTES,
  totp_step BIGINT,
  failures BIGINT NOT NULL,
  locked_until BIGINT,
  made_at BIGINT NOT NULL,
  closed_at BIGINT,
  CONSTRAINT persons_can_be_reached CHECK (login IS NOT NULL OR contact IS NOT NULL OR closed_at IS NOT NULL)
) /* rows */;

CREATE TABLE posts (
  id BIGINT NOT NULL PRIMARY KEY,
  person BIGINT NOT NULL REFERENCES persons (id),
  unit BIGINT NOT NULL REFERENCES units (id),
  role TEXT NOT NULL,
  place TEXT NOT NULL REFERENCES places (code),
  starts_at BIGINT NOT NULL,
  ends_at BIGINT,
  CONSTRAINT posts_end_after_they_start CHECK (ends_at >= starts_at)
) /* rows */;
CREATE INDEX posts_by_person ON posts (person);
CREATE INDEX posts_by_unit ON posts (unit);

CREATE TABLE sessions (
  token_hash BYTES NOT NULL PRIMARY KEY,
  person BIGINT NOT NULL REFERENCES persons (id),
  agent TEXT NOT NULL,
  made_at BIGINT NOT NULL,
  seen_at BIGINT NOT NULL,
  proved_at BIGINT NOT NULL,
  expires_at BIGINT NOT NULL
) /* clustered */;
CREATE INDEX sessions_by_person ON sessions (person);
CREATE INDEX sessions_by_end ON sessions (expires_at);

-- A one-time code sent to a phone or a mail address.
CREATE TABLE sign_in_codes (
  contact TEXT NOT NULL PRIMARY KEY,
  code_hash BYTES NOT NULL,
  made_at BIGINT NOT NULL,
  expires_at BIGINT NOT NULL,
  failures BIGINT NOT NULL
) /* clustered */;

-- What opens an account when the second factor is lost; each works once.
CREATE TABLE recovery_codes (
  person BIGINT NOT NULL REFERENCES persons (id),
  code_hash BYTES NOT NULL,
  PRIMARY KEY (person, code_hash)
) /* clustered */;

-- A one-time link for the first sign-in.
CREATE TABLE invites (
  token_hash BYTES NOT NULL PRIMARY KEY,
  person BIGINT NOT NULL REFERENCES persons (id),
  made_at BIGINT NOT NULL,
  expires_at BIGINT NOT NULL,
  used_at BIGINT
) /* clustered */;

-- With a token a machine speaks for a unit, as a post would.
CREATE TABLE service_tokens (
  id BIGINT NOT NULL PRIMARY KEY,
  token_hash BYTES NOT NULL UNIQUE,
  name TEXT NOT NULL,
  scopes TEXT NOT NULL,
  unit BIGINT NOT NULL REFERENCES units (id),
  role TEXT NOT NULL,
  place TEXT NOT NULL REFERENCES places (code),
  made_at BIGINT NOT NULL,
  expires_at BIGINT,
  used_at BIGINT,
  revoked_at BIGINT
) /* rows */;

-- What administrators did: posts given, tokens made, lists imported.
CREATE TABLE administration (
  id BIGINT NOT NULL PRIMARY KEY,
  at BIGINT NOT NULL,
  person BIGINT REFERENCES persons (id),
  act TEXT NOT NULL,
  subject TEXT NOT NULL,
  shape TEXT NOT NULL
) /* rows */;

CREATE TABLE saved_views (
  id BIGINT NOT NULL PRIMARY KEY,
  person BIGINT NOT NULL REFERENCES persons (id),
  name TEXT NOT NULL,
  query TEXT NOT NULL,
  UNIQUE (person, name)
) /* rows */;

-- Work that waits; a lease is a run_at in the future.
CREATE TABLE jobs (
  id BIGINT NOT NULL PRIMARY KEY,
  name TEXT NOT NULL,
  subject BIGINT NOT NULL,
  run_at BIGINT NOT NULL,
  tries BIGINT NOT NULL,
  fault TEXT,
  dead_at BIGINT
) /* rows */;
CREATE INDEX jobs_by_time ON jobs (run_at) WHERE dead_at IS NULL;

-- What left the house, where it is only shown (demo).
CREATE TABLE outbox (
  id BIGINT NOT NULL PRIMARY KEY,
  at BIGINT NOT NULL,
  channel TEXT NOT NULL,
  recipient TEXT NOT NULL,
  subject TEXT NOT NULL,
  body TEXT NOT NULL
) /* rows */;

-- The answer that a repeated request gets again.
CREATE TABLE idempotency (
  caller TEXT NOT NULL,
  token TEXT NOT NULL,
  request_hash BYTES NOT NULL,
  answer TEXT NOT NULL,
  made_at BIGINT NOT NULL,
  PRIMARY KEY (caller, token)
) /* clustered */;
CREATE INDEX idempotency_by_age ON idempotency (made_at);

-- Figures, kept as they happen. Each writer has rows of its own.
CREATE TABLE rollups (
  day BIGINT NOT NULL,
  kind TEXT NOT NULL,
  street TEXT NOT NULL,
  unit BIGINT NOT NULL,
  measure TEXT NOT NULL,
  writer BIGINT NOT NULL,
  amount BIGINT NOT NULL,
  PRIMARY KEY (day, kind, street, unit, measure, writer)
) /* clustered */;
