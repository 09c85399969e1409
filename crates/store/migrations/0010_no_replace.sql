-- What stays is not replaced either: SQLite takes away the row that stands in the way of an
-- INSERT OR REPLACE, and fires no trigger of deletion for it. PostgreSQL only has updates for
-- that, and they are refused already.
-- only: sqlite
CREATE TRIGGER entries_are_not_replaced BEFORE INSERT ON entries WHEN EXISTS (SELECT 1 FROM entries WHERE case_id = NEW.case_id AND number = NEW.number)
BEGIN SELECT RAISE(ABORT, 'entries stay'); END;
CREATE TRIGGER norms_are_not_replaced BEFORE INSERT ON norms WHEN EXISTS (SELECT 1 FROM norms WHERE kind = NEW.kind AND clock = NEW.clock AND item = NEW.item AND request = NEW.request AND urgency = NEW.urgency AND from_day = NEW.from_day)
BEGIN SELECT RAISE(ABORT, 'norms stay'); END;
-- both
