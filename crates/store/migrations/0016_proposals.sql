-- Who is proposed for what: one line for each time somebody is asked, with the reasons as data.

CREATE TABLE proposals (
  id BIGINT NOT NULL PRIMARY KEY,
  case_id BIGINT NOT NULL REFERENCES cases (id),
  volunteer BIGINT NOT NULL REFERENCES volunteers (id),
  community TEXT NOT NULL REFERENCES places (code),
  batch BIGINT NOT NULL,
  post BIGINT REFERENCES posts (id),
  cost BIGINT NOT NULL,
  reasons TEXT NOT NULL,
  made_at BIGINT NOT NULL,
  answer_by BIGINT NOT NULL,
  state TEXT NOT NULL,
  why TEXT,
  ended_at BIGINT,
  CONSTRAINT proposals_have_a_state CHECK (state IN ('open', 'accepted', 'declined', 'lapsed')),
  CONSTRAINT proposals_end_when_they_are_answered CHECK ((state = 'open') = (ended_at IS NULL)),
  CONSTRAINT proposals_that_lapse_say_why CHECK (state <> 'lapsed' OR why IS NOT NULL),
  CONSTRAINT proposals_wait_for_a_while CHECK (answer_by > made_at)
) /* rows */;
-- Nobody is asked twice at once, nor again after declining.
CREATE UNIQUE INDEX proposals_once ON proposals (case_id, volunteer) WHERE state IN ('open', 'declined');
CREATE INDEX proposals_of_case ON proposals (case_id, id);
CREATE INDEX proposals_open ON proposals (volunteer, id) WHERE state = 'open';
CREATE INDEX proposals_by_end ON proposals (answer_by, id) WHERE state = 'open';
CREATE INDEX proposals_declined ON proposals (community, ended_at, why) WHERE state = 'declined';

-- How often somebody took a case on and did not come: it counts for this case only.
CREATE TABLE proposal_misses (
  case_id BIGINT NOT NULL REFERENCES cases (id),
  volunteer BIGINT NOT NULL REFERENCES volunteers (id),
  times BIGINT NOT NULL,
  PRIMARY KEY (case_id, volunteer),
  CONSTRAINT proposal_misses_are_some CHECK (times >= 1)
) /* clustered */;
