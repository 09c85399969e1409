-- What became of a place: split, merged, or moved into another one. Nothing of it changes later.
CREATE TABLE place_changes (
  id BIGINT NOT NULL PRIMARY KEY,
  at BIGINT NOT NULL,
  sort TEXT NOT NULL,
  from_places TEXT NOT NULL,
  to_places TEXT NOT NULL,
  reason TEXT NOT NULL,
  post BIGINT NOT NULL REFERENCES posts (id),
  CONSTRAINT place_changes_have_a_sort CHECK (sort IN ('split', 'merge', 'move')),
  CONSTRAINT place_changes_have_a_reason CHECK (length(reason) > 0)
) /* rows */;

-- Which place took over from which: at an instant, or by way of one that took over in between.
-- What only lay inside a changed place names that place.
CREATE TABLE place_heirs (
  old TEXT NOT NULL REFERENCES places (code),
  heir TEXT NOT NULL REFERENCES places (code),
  change BIGINT NOT NULL REFERENCES place_changes (id),
  directly_at BIGINT,
  inside_of TEXT REFERENCES places (code),
  PRIMARY KEY (old, heir),
  CONSTRAINT place_heirs_are_others CHECK (old <> heir)
) /* clustered */;
CREATE INDEX place_heirs_by_heir ON place_heirs (heir, old);
CREATE INDEX place_heirs_by_change ON place_heirs (change);
CREATE INDEX place_heirs_changed ON place_heirs (heir, old) WHERE inside_of IS NULL;
