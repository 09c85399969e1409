-- Units that owned a case before another did: what they did with it still counts to them, whatever
-- became of it since.
CREATE TABLE former_units (
  unit BIGINT NOT NULL,
  case_id BIGINT NOT NULL REFERENCES cases (id),
  PRIMARY KEY (unit, case_id)
) /* clustered */;

-- Of what happened before, the units that acted are known.
INSERT INTO former_units (unit, case_id)
  SELECT DISTINCT e.unit, e.case_id FROM entries e WHERE e.unit IS NOT NULL
  AND NOT EXISTS (SELECT 1 FROM case_units r WHERE r.unit = e.unit AND r.case_id = e.case_id);
