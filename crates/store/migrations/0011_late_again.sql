-- A unit that came late once and was given new time can be late again: its clock is one like others.
DROP INDEX calls_by_due;
CREATE INDEX calls_by_due ON calls (due_at, case_id) WHERE due_at IS NOT NULL AND ended_at IS NULL;
