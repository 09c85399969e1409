-- Cases. Constraints guard the promise: an open case has an owner and a clock,
-- a closed one has an outcome, and history stays.

-- The source of every kind under which a case was opened.
CREATE TABLE kind_versions (
  id BIGINT NOT NULL PRIMARY KEY,
  slug TEXT NOT NULL,
  hash BYTES NOT NULL UNIQUE,
  source TEXT NOT NULL
) /* rows */;

-- Narrow, because every step rewrites its row; what is long lies in matters.
CREATE TABLE cases (
  id BIGINT NOT NULL PRIMARY KEY,
  kind TEXT NOT NULL,
  kind_version BIGINT NOT NULL REFERENCES kind_versions (id),
  stage TEXT NOT NULL,
  version BIGINT NOT NULL,
  place TEXT NOT NULL REFERENCES places (code),
  street TEXT NOT NULL,
  item TEXT REFERENCES items (code),
  urgent_at BIGINT,
  owner_unit BIGINT REFERENCES units (id),
  owner_person BIGINT REFERENCES persons (id),
  previous_unit BIGINT,
  previous_person BIGINT,
  opened_unit BIGINT REFERENCES units (id),
  opened_role TEXT,
  channel TEXT NOT NULL,
  opened_at BIGINT NOT NULL,
  changed_at BIGINT NOT NULL,
  closed_at BIGINT,
  outcome TEXT,
  clock TEXT,
  clock_started_at BIGINT,
  clock_round BIGINT,
  due_at BIGINT,
  counts TEXT NOT NULL,
  title TEXT NOT NULL,
  merged_into BIGINT REFERENCES cases (id),
  CONSTRAINT cases_have_exactly_one_owner CHECK ((owner_unit IS NULL) <> (owner_person IS NULL)),
  CONSTRAINT open_cases_have_a_clock CHECK (closed_at IS NOT NULL OR (clock IS NOT NULL AND clock_started_at IS NOT NULL AND due_at IS NOT NULL)),
  CONSTRAINT closed_cases_have_an_outcome CHECK (closed_at IS NULL OR (outcome IS NOT NULL AND due_at IS NULL)),
  CONSTRAINT cases_are_not_merged_into_themselves CHECK (merged_into <> id),
  CONSTRAINT cases_have_a_history CHECK (version >= 1)
) /* rows */;
CREATE INDEX cases_open_by_owner ON cases (owner_unit, due_at, id) WHERE closed_at IS NULL AND owner_unit IS NOT NULL;
CREATE INDEX cases_open_by_person ON cases (owner_person, due_at, id) WHERE closed_at IS NULL AND owner_person IS NOT NULL;
CREATE INDEX cases_open_by_opener ON cases (opened_unit, due_at, id) WHERE closed_at IS NULL AND opened_unit IS NOT NULL;
CREATE INDEX cases_open_by_street ON cases (street, due_at, id, place) WHERE closed_at IS NULL;
CREATE INDEX cases_open_by_due ON cases (due_at, id, place) WHERE closed_at IS NULL;
CREATE INDEX cases_by_main ON cases (merged_into) WHERE merged_into IS NOT NULL;

-- What happened, as far as it may travel.
CREATE TABLE matters (
  case_id BIGINT NOT NULL PRIMARY KEY REFERENCES cases (id),
  fields TEXT NOT NULL
) /* rows */;

-- History: numbered, chained by hash. The text lies beside the chain with its
-- salt, so that it can be erased and the chain still holds.
CREATE TABLE entries (
  case_id BIGINT NOT NULL REFERENCES cases (id),
  number BIGINT NOT NULL,
  at BIGINT NOT NULL,
  step TEXT NOT NULL,
  acting TEXT NOT NULL,
  post BIGINT,
  unit BIGINT,
  person BIGINT,
  from_stage TEXT,
  to_stage TEXT NOT NULL,
  shape TEXT NOT NULL,
  hash BYTES NOT NULL,
  text_hash BYTES,
  salt BYTES,
  text TEXT,
  PRIMARY KEY (case_id, number),
  CONSTRAINT entries_are_numbered_from_one CHECK (number >= 1)
) /* clustered */;

-- Who brought it in: sealed.
CREATE TABLE petitioners (
  case_id BIGINT NOT NULL PRIMARY KEY REFERENCES cases (id),
  code TEXT NOT NULL UNIQUE,
  name TEXT,
  contact TEXT,
  address TEXT,
  language TEXT NOT NULL,
  person BIGINT REFERENCES persons (id)
) /* rows */;
CREATE INDEX petitioners_by_contact ON petitioners (contact, case_id) WHERE contact IS NOT NULL;
CREATE INDEX petitioners_by_person ON petitioners (person, case_id) WHERE person IS NOT NULL;

-- Units that take part beside the owner, each with a clock of its own.
CREATE TABLE calls (
  case_id BIGINT NOT NULL REFERENCES cases (id),
  unit BIGINT NOT NULL REFERENCES units (id),
  role TEXT NOT NULL,
  state TEXT NOT NULL,
  due_at BIGINT,
  late_at BIGINT,
  rating BIGINT,
  ended_at BIGINT,
  PRIMARY KEY (case_id, unit),
  CONSTRAINT calls_are_rated_one_to_five CHECK (rating BETWEEN 1 AND 5)
) /* clustered */;
CREATE INDEX calls_open_by_unit ON calls (unit, case_id) WHERE ended_at IS NULL;
CREATE INDEX calls_by_due ON calls (due_at, case_id) WHERE due_at IS NOT NULL AND late_at IS NULL AND ended_at IS NULL;

-- Which units a case concerns: owner, opener, called.
CREATE TABLE case_units (
  unit BIGINT NOT NULL,
  case_id BIGINT NOT NULL REFERENCES cases (id),
  PRIMARY KEY (unit, case_id)
) /* clustered */;

-- What everybody may see; no personal column may ever be added here.
CREATE TABLE public_cases (
  id BIGINT NOT NULL PRIMARY KEY REFERENCES cases (id),
  kind TEXT NOT NULL,
  stage TEXT NOT NULL,
  place TEXT NOT NULL,
  item TEXT,
  title TEXT NOT NULL,
  fields TEXT NOT NULL,
  opened_on BIGINT NOT NULL,
  changed_on BIGINT NOT NULL,
  closed_on BIGINT,
  outcome TEXT
) /* rows */;
CREATE INDEX public_cases_by_kind ON public_cases (kind, id);
CREATE INDEX public_cases_open ON public_cases (kind, id) WHERE closed_on IS NULL;

-- Words by which a case is found; the row's number is the case's.
-- only: sqlite
CREATE VIRTUAL TABLE search USING fts5 (words, content = '', contentless_delete = 1, detail = 'none', tokenize = "ascii tokenchars '_'");
-- only: postgres
CREATE TABLE search (rowid BIGINT NOT NULL PRIMARY KEY, words TSVECTOR NOT NULL);
CREATE INDEX search_by_word ON search USING gin (words);
-- both

CREATE TABLE files (
  id BIGINT NOT NULL PRIMARY KEY,
  case_id BIGINT REFERENCES cases (id),
  hash BYTES NOT NULL,
  small_hash BYTES,
  media_type TEXT NOT NULL,
  size BIGINT NOT NULL,
  width BIGINT,
  height BIGINT,
  name TEXT NOT NULL,
  made_at BIGINT NOT NULL,
  erased_at BIGINT
) /* rows */;
CREATE INDEX files_by_case ON files (case_id) WHERE case_id IS NOT NULL;
CREATE INDEX files_by_hash ON files (hash);
CREATE INDEX files_by_small_hash ON files (small_hash) WHERE small_hash IS NOT NULL;
CREATE INDEX files_without_case ON files (made_at) WHERE case_id IS NULL AND erased_at IS NULL;

-- Letters to somebody about a case.
CREATE TABLE notices (
  id BIGINT NOT NULL PRIMARY KEY,
  case_id BIGINT NOT NULL REFERENCES cases (id),
  entry BIGINT NOT NULL,
  whom TEXT NOT NULL,
  unit BIGINT,
  person BIGINT,
  letter TEXT NOT NULL,
  made_at BIGINT NOT NULL,
  sent_at BIGINT,
  read_at BIGINT,
  CONSTRAINT notices_have_one_recipient CHECK ((whom = 'petitioner' AND unit IS NULL AND person IS NULL) OR (whom = 'unit' AND unit IS NOT NULL AND person IS NULL) OR (whom = 'person' AND unit IS NULL AND person IS NOT NULL))
) /* rows */;
CREATE INDEX notices_of_unit ON notices (unit, id) WHERE unit IS NOT NULL AND read_at IS NULL;
CREATE INDEX notices_of_person ON notices (person, id) WHERE person IS NOT NULL AND read_at IS NULL;

-- Every look behind the seal, with its reason; the petitioner can read it.
CREATE TABLE looks (
  id BIGINT NOT NULL PRIMARY KEY,
  at BIGINT NOT NULL,
  case_id BIGINT NOT NULL REFERENCES cases (id),
  person BIGINT NOT NULL REFERENCES persons (id),
  post BIGINT,
  unit BIGINT,
  what TEXT NOT NULL,
  purpose TEXT NOT NULL
) /* rows */;
CREATE INDEX looks_by_case ON looks (case_id);

-- Cases that lost what was personal in them.
CREATE TABLE erasures (
  case_id BIGINT NOT NULL PRIMARY KEY REFERENCES cases (id),
  at BIGINT NOT NULL
) /* rows */;

-- History stays: only a text and its salt may be taken away.
-- only: sqlite
CREATE TRIGGER entries_are_not_changed BEFORE UPDATE OF case_id, number, at, step, acting, post, unit, person, from_stage, to_stage, shape, hash, text_hash ON entries
BEGIN SELECT RAISE(ABORT, 'entries stay'); END;
CREATE TRIGGER entries_are_not_rewritten BEFORE UPDATE OF salt, text ON entries WHEN NEW.salt IS NOT NULL OR NEW.text IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'entries stay'); END;
CREATE TRIGGER entries_are_not_deleted BEFORE DELETE ON entries
BEGIN SELECT RAISE(ABORT, 'entries stay'); END;
-- only: postgres
CREATE FUNCTION entries_stay() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'entries stay'; END $$;
CREATE TRIGGER entries_are_not_changed BEFORE UPDATE OF case_id, number, at, step, acting, post, unit, person, from_stage, to_stage, shape, hash, text_hash ON entries
FOR EACH STATEMENT EXECUTE FUNCTION entries_stay();
CREATE TRIGGER entries_are_not_rewritten BEFORE UPDATE OF salt, text ON entries
FOR EACH ROW WHEN (NEW.salt IS NOT NULL OR NEW.text IS NOT NULL) EXECUTE FUNCTION entries_stay();
CREATE TRIGGER entries_are_not_deleted BEFORE DELETE OR TRUNCATE ON entries
FOR EACH STATEMENT EXECUTE FUNCTION entries_stay();
-- both
