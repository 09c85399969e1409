-- Photos that show how something looks when it is right or wrong, or how a paper looks, for a
-- checklist or a procedure. An old version shows its pictures too, so they stay.
CREATE TABLE samples (
  file BIGINT NOT NULL PRIMARY KEY REFERENCES files (id),
  checklist BIGINT REFERENCES checklists (id),
  procedure TEXT REFERENCES procedures (slug),
  kept_at BIGINT NOT NULL,
  CONSTRAINT samples_are_of_one_thing CHECK ((checklist IS NULL) <> (procedure IS NULL))
) /* rows */;
CREATE INDEX samples_of_checklist ON samples (checklist) WHERE checklist IS NOT NULL;
CREATE INDEX samples_of_procedure ON samples (procedure) WHERE procedure IS NOT NULL;
