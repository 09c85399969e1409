-- Histories of closed years, taken out into files that are never written again. Such a file lies
-- where the attachments lie, under the hash of what it holds.
CREATE TABLE archives (
  id BIGINT NOT NULL PRIMARY KEY,
  year BIGINT NOT NULL,
  hash BYTES NOT NULL UNIQUE,
  size BIGINT NOT NULL,
  cases BIGINT NOT NULL,
  entries BIGINT NOT NULL,
  made_at BIGINT NOT NULL
) /* rows */;

-- Cases whose entries up to a number lie in one of them; the newest entry always stays here. The
-- key opens the texts of this case there, and goes when the case is erased.
CREATE TABLE archived_cases (
  case_id BIGINT NOT NULL PRIMARY KEY REFERENCES cases (id),
  archive BIGINT NOT NULL REFERENCES archives (id),
  until BIGINT NOT NULL,
  text_key BYTES
) /* rows */;

-- An entry goes only once it lies in an archive.
-- only: sqlite
DROP TRIGGER entries_are_not_deleted;
CREATE TRIGGER entries_are_not_deleted BEFORE DELETE ON entries WHEN NOT EXISTS (SELECT 1 FROM archived_cases WHERE case_id = OLD.case_id AND until >= OLD.number)
BEGIN SELECT RAISE(ABORT, 'entries stay'); END;
CREATE TRIGGER archived_cases_are_not_changed BEFORE UPDATE OF case_id, archive, until ON archived_cases
BEGIN SELECT RAISE(ABORT, 'entries stay'); END;
CREATE TRIGGER archived_cases_get_no_other_key BEFORE UPDATE OF text_key ON archived_cases WHEN NEW.text_key IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'entries stay'); END;
CREATE TRIGGER archived_cases_are_not_deleted BEFORE DELETE ON archived_cases
BEGIN SELECT RAISE(ABORT, 'entries stay'); END;
CREATE TRIGGER archived_cases_are_not_replaced BEFORE INSERT ON archived_cases WHEN EXISTS (SELECT 1 FROM archived_cases WHERE case_id = NEW.case_id)
BEGIN SELECT RAISE(ABORT, 'entries stay'); END;
-- only: postgres
DROP TRIGGER entries_are_not_deleted ON entries;
CREATE FUNCTION entries_stay_until_archived() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF EXISTS (SELECT 1 FROM archived_cases WHERE case_id = OLD.case_id AND until >= OLD.number) THEN RETURN OLD; END IF; RAISE EXCEPTION 'entries stay'; END $$;
CREATE TRIGGER entries_are_not_deleted BEFORE DELETE ON entries
FOR EACH ROW EXECUTE FUNCTION entries_stay_until_archived();
CREATE TRIGGER entries_are_not_truncated BEFORE TRUNCATE ON entries
FOR EACH STATEMENT EXECUTE FUNCTION entries_stay();
CREATE TRIGGER archived_cases_are_not_changed BEFORE UPDATE OF case_id, archive, until ON archived_cases
FOR EACH STATEMENT EXECUTE FUNCTION entries_stay();
CREATE TRIGGER archived_cases_get_no_other_key BEFORE UPDATE OF text_key ON archived_cases
FOR EACH ROW WHEN (NEW.text_key IS NOT NULL) EXECUTE FUNCTION entries_stay();
CREATE TRIGGER archived_cases_are_not_deleted BEFORE DELETE OR TRUNCATE ON archived_cases
FOR EACH STATEMENT EXECUTE FUNCTION entries_stay();
-- both
