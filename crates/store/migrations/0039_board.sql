-- The board of a whole town counts what is open by owner, kind and street: SQLite reads that from
-- the index alone, and not each case. PostgreSQL would go to the case all the same, and would let
-- nobody write while it makes the index.
-- only: sqlite
DROP INDEX cases_open_by_due;
CREATE INDEX cases_open_by_due ON cases (due_at, id, place, urgent_at, owner_unit, kind, street, closed_at) WHERE closed_at IS NULL;
-- both
