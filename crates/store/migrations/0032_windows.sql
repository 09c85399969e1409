-- Windows of offices, the times that people book at them, and the numbers of those who just come.

CREATE TABLE windows (
  id BIGINT NOT NULL PRIMARY KEY,
  place TEXT NOT NULL REFERENCES places (code),
  unit BIGINT NOT NULL REFERENCES units (id),
  names TEXT NOT NULL,
  setup TEXT NOT NULL,
  changed_at BIGINT NOT NULL,
  closed_at BIGINT
) /* rows */;
CREATE INDEX windows_by_place ON windows (place, id);

-- A day on which a window is closed for this once, and why.
CREATE TABLE window_closures (
  at_window BIGINT NOT NULL REFERENCES windows (id),
  day BIGINT NOT NULL,
  reason TEXT NOT NULL,
  made_at BIGINT NOT NULL,
  PRIMARY KEY (at_window, day)
) /* clustered */;

-- Somebody at a window on a day, as a number. Who it is lies apart; whoever just came has no time
-- and is nobody here. How many were served at the same time when it was booked stands beside it,
-- so that a window which takes fewer later owes nothing that it cannot keep.
CREATE TABLE appointments (
  id BIGINT NOT NULL PRIMARY KEY,
  at_window BIGINT NOT NULL REFERENCES windows (id),
  day BIGINT NOT NULL,
  number BIGINT NOT NULL,
  procedure TEXT,
  version BIGINT,
  starts_at BIGINT,
  ends_at BIGINT,
  seat BIGINT,
  seats BIGINT,
  state TEXT NOT NULL,
  made_at BIGINT NOT NULL,
  changed_at BIGINT NOT NULL,
  arrived_at BIGINT,
  called_at BIGINT,
  ended_at BIGINT,
  reminded_at BIGINT,
  CONSTRAINT appointments_have_a_number_each UNIQUE (at_window, day, number),
  CONSTRAINT appointments_go_by_a_version FOREIGN KEY (procedure, version)
    REFERENCES procedure_versions (procedure, version),
  CONSTRAINT appointments_with_a_state CHECK (state IN ('booked', 'arrived', 'called', 'served', 'missed', 'cancelled', 'displaced')),
  CONSTRAINT appointments_end CHECK ((state IN ('served', 'missed', 'cancelled')) = (ended_at IS NOT NULL)),
  CONSTRAINT appointments_with_a_time_are_whole CHECK ((starts_at IS NULL) = (ends_at IS NULL) AND (starts_at IS NULL) = (seat IS NULL) AND (starts_at IS NULL) = (seats IS NULL)),
  CONSTRAINT appointments_are_within CHECK (seat IS NULL OR (seat BETWEEN 1 AND seats AND starts_at < ends_at)),
  CONSTRAINT appointments_are_called_who_came CHECK (called_at IS NULL OR arrived_at IS NOT NULL)
) /* rows */;
CREATE INDEX appointments_open ON appointments (at_window, day) WHERE ended_at IS NULL;
CREATE INDEX appointments_to_remind ON appointments (starts_at) WHERE reminded_at IS NULL AND state = 'booked';

-- Every five minutes that somebody holds at a window: nobody else can hold the same.
CREATE TABLE appointment_ticks (
  at_window BIGINT NOT NULL REFERENCES windows (id),
  tick BIGINT NOT NULL,
  seat BIGINT NOT NULL,
  appointment BIGINT NOT NULL REFERENCES appointments (id),
  PRIMARY KEY (at_window, tick, seat)
) /* clustered */;
CREATE INDEX appointment_ticks_of ON appointment_ticks (appointment);

-- Who booked, sealed; after some weeks the row goes. A contact has so many turns on a day, which
-- the database itself counts.
CREATE TABLE appointment_people (
  appointment BIGINT NOT NULL PRIMARY KEY REFERENCES appointments (id),
  code TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL,
  contact TEXT NOT NULL,
  language TEXT NOT NULL,
  day BIGINT NOT NULL,
  turn BIGINT,
  CONSTRAINT appointment_people_take_turns UNIQUE (contact, day, turn),
  CONSTRAINT appointment_people_have_few_turns CHECK (turn IS NULL OR turn BETWEEN 1 AND 2)
) /* rows */;
CREATE INDEX appointment_people_by_day ON appointment_people (day);

-- Every look behind that seal, with its reason.
CREATE TABLE appointment_looks (
  id BIGINT NOT NULL PRIMARY KEY,
  at BIGINT NOT NULL,
  appointment BIGINT NOT NULL REFERENCES appointments (id),
  person BIGINT NOT NULL REFERENCES persons (id),
  post BIGINT REFERENCES posts (id),
  unit BIGINT REFERENCES units (id),
  purpose TEXT NOT NULL
) /* rows */;
CREATE INDEX appointment_looks_of ON appointment_looks (appointment, id);
