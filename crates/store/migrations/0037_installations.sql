-- Other installations whose cases are worked on here: where each is reached, the token that it
-- gave us, the key by which what it tells is believed, and the unit as which it comes in here.
CREATE TABLE installations (
  id BIGINT NOT NULL PRIMARY KEY,
  name TEXT NOT NULL,
  url TEXT NOT NULL,
  token TEXT NOT NULL,
  secret BYTES,
  unit BIGINT NOT NULL REFERENCES units (id),
  place TEXT NOT NULL REFERENCES places (code),
  made_at BIGINT NOT NULL,
  -- When its list of cases is looked through again.
  look_at BIGINT NOT NULL,
  fault TEXT,
  failing_since BIGINT,
  off_at BIGINT,
  ended_at BIGINT
) /* rows */;

-- A case of another installation that is worked on here, under its number there. Both numbers
-- count entries: theirs that were heard here, ours that were told there.
CREATE TABLE handed_cases (
  id BIGINT NOT NULL PRIMARY KEY,
  installation BIGINT NOT NULL REFERENCES installations (id),
  theirs BIGINT NOT NULL,
  case_id BIGINT REFERENCES cases (id),
  heard BIGINT NOT NULL,
  told BIGINT NOT NULL,
  -- Whether it is no longer ours to work on.
  ended_at BIGINT,
  -- Why a step was not taken on the other side, the last time that one was not.
  fault TEXT,
  CONSTRAINT handed_cases_come_once UNIQUE (installation, theirs)
) /* rows */;
CREATE UNIQUE INDEX handed_cases_by_case ON handed_cases (case_id) WHERE case_id IS NOT NULL;
CREATE INDEX handed_cases_going_on ON handed_cases (installation, id) WHERE ended_at IS NULL;

-- The part of a history that another installation keeps: its entries without their texts, sealed
-- as they are there. The source is the installation, or the token with which it brought them.
CREATE TABLE elsewhere (
  case_id BIGINT NOT NULL REFERENCES cases (id),
  source BIGINT NOT NULL,
  number BIGINT NOT NULL,
  theirs BIGINT NOT NULL,
  at BIGINT NOT NULL,
  step TEXT NOT NULL,
  acting TEXT NOT NULL,
  post BIGINT,
  unit BIGINT,
  from_stage TEXT,
  to_stage TEXT NOT NULL,
  shape TEXT NOT NULL,
  hash BYTES NOT NULL,
  text_hash BYTES,
  PRIMARY KEY (case_id, source, number)
) /* clustered */;

-- only: sqlite
CREATE TRIGGER elsewhere_is_not_changed BEFORE UPDATE ON elsewhere
BEGIN SELECT RAISE(ABORT, 'entries stay'); END;
CREATE TRIGGER elsewhere_is_not_deleted BEFORE DELETE ON elsewhere
BEGIN SELECT RAISE(ABORT, 'entries stay'); END;
CREATE TRIGGER elsewhere_is_not_replaced BEFORE INSERT ON elsewhere WHEN EXISTS (SELECT 1 FROM elsewhere WHERE case_id = NEW.case_id AND source = NEW.source AND number = NEW.number)
BEGIN SELECT RAISE(ABORT, 'entries stay'); END;
-- only: postgres
CREATE TRIGGER elsewhere_is_not_changed BEFORE UPDATE ON elsewhere
FOR EACH STATEMENT EXECUTE FUNCTION entries_stay();
CREATE TRIGGER elsewhere_is_not_deleted BEFORE DELETE OR TRUNCATE ON elsewhere
FOR EACH STATEMENT EXECUTE FUNCTION entries_stay();
-- both
