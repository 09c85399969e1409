-- Whose post a task is meant for in each of its places; none is everybody who reports for it.
ALTER TABLE tasks ADD COLUMN role TEXT;
ALTER TABLE task_rules ADD COLUMN role TEXT;
