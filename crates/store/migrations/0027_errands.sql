-- Procedures with their versions, and errands with every paper that changes hands.

-- The catalogue: each procedure is a file, and each change of it a version that stays.
CREATE TABLE procedures (
  slug TEXT NOT NULL PRIMARY KEY,
  version BIGINT NOT NULL,
  closed_at BIGINT,
  CONSTRAINT procedures_have_a_version CHECK (version > 0)
) /* clustered */;

CREATE TABLE procedure_versions (
  procedure TEXT NOT NULL REFERENCES procedures (slug),
  version BIGINT NOT NULL,
  text TEXT NOT NULL,
  made_at BIGINT NOT NULL,
  person BIGINT REFERENCES persons (id),
  PRIMARY KEY (procedure, version),
  CONSTRAINT procedure_versions_count_from_one CHECK (version > 0)
) /* clustered */;

-- The version of the procedure under which a case goes on.
CREATE TABLE errands (
  case_id BIGINT NOT NULL PRIMARY KEY REFERENCES cases (id),
  procedure TEXT NOT NULL,
  version BIGINT NOT NULL,
  CONSTRAINT errands_go_on_under_a_version FOREIGN KEY (procedure, version)
    REFERENCES procedure_versions (procedure, version)
) /* rows */;
CREATE INDEX errands_of_procedure ON errands (procedure, version);

-- A paper of an errand, and in whose hands it is. The first ones are those of the procedure;
-- what came out of it has a name of its own.
CREATE TABLE errand_papers (
  case_id BIGINT NOT NULL REFERENCES errands (case_id),
  number BIGINT NOT NULL,
  name TEXT,
  state TEXT NOT NULL,
  changed_at BIGINT NOT NULL,
  PRIMARY KEY (case_id, number),
  CONSTRAINT errand_papers_are_numbered CHECK (number > 0),
  CONSTRAINT errand_papers_with_a_state CHECK (state IN ('listed', 'held', 'filed', 'returned', 'kept'))
) /* clustered */;
CREATE INDEX errand_papers_out ON errand_papers (case_id) WHERE state IN ('held', 'filed');

-- Every time that a paper changed hands; nothing is ever changed here. The entry says who did it.
CREATE TABLE errand_paper_moves (
  case_id BIGINT NOT NULL,
  number BIGINT NOT NULL,
  turn BIGINT NOT NULL,
  entry BIGINT NOT NULL,
  state TEXT NOT NULL,
  at BIGINT NOT NULL,
  PRIMARY KEY (case_id, number, turn),
  CONSTRAINT errand_paper_moves_of_a_paper FOREIGN KEY (case_id, number)
    REFERENCES errand_papers (case_id, number),
  CONSTRAINT errand_paper_moves_are_in_the_history FOREIGN KEY (case_id, entry)
    REFERENCES entries (case_id, number),
  CONSTRAINT errand_paper_moves_count_from_one CHECK (turn > 0),
  CONSTRAINT errand_paper_moves_with_a_state CHECK (state IN ('held', 'filed', 'returned', 'kept'))
) /* clustered */;
