-- Venues with their rooms, what is booked in them, and activities with whoever signed up.

CREATE TABLE venues (
  id BIGINT NOT NULL PRIMARY KEY,
  place TEXT NOT NULL REFERENCES places (code),
  unit BIGINT NOT NULL REFERENCES units (id),
  category TEXT NOT NULL,
  names TEXT NOT NULL,
  about TEXT NOT NULL,
  changed_at BIGINT NOT NULL,
  closed_at BIGINT
) /* rows */;
CREATE INDEX venues_by_place ON venues (place, id);

CREATE TABLE rooms (
  id BIGINT NOT NULL PRIMARY KEY,
  venue BIGINT NOT NULL REFERENCES venues (id),
  names TEXT NOT NULL,
  seats BIGINT NOT NULL,
  about TEXT NOT NULL,
  rules TEXT NOT NULL,
  changed_at BIGINT NOT NULL,
  closed_at BIGINT,
  CONSTRAINT rooms_hold_somebody CHECK (seats > 0)
) /* rows */;
CREATE INDEX rooms_by_venue ON rooms (venue, id);

-- A meeting that many come to. How many seats it has never changes behind those who hold them:
-- a seat is a row of sign_ups with a number of its own.
CREATE TABLE activities (
  id BIGINT NOT NULL PRIMARY KEY,
  unit BIGINT NOT NULL REFERENCES units (id),
  place TEXT NOT NULL REFERENCES places (code),
  venue BIGINT REFERENCES venues (id),
  room BIGINT REFERENCES rooms (id),
  title TEXT NOT NULL,
  about TEXT NOT NULL,
  starts_at BIGINT NOT NULL,
  ends_at BIGINT NOT NULL,
  sign_up_until BIGINT NOT NULL,
  capacity BIGINT NOT NULL,
  secret BYTES NOT NULL,
  changed_at BIGINT NOT NULL,
  reminded_at BIGINT,
  cancelled_at BIGINT,
  report TEXT,
  CONSTRAINT activities_end_after_they_start CHECK (ends_at > starts_at),
  CONSTRAINT activities_have_seats CHECK (capacity > 0)
) /* rows */;
CREATE INDEX activities_by_start ON activities (starts_at, id);
CREATE INDEX activities_by_venue ON activities (venue, starts_at) WHERE venue IS NOT NULL;
CREATE INDEX activities_to_remind ON activities (starts_at) WHERE reminded_at IS NULL AND cancelled_at IS NULL;

-- One person's place in an activity: the order in which people came, and the seat of whoever
-- has one. Two can never hold one seat.
CREATE TABLE sign_ups (
  activity BIGINT NOT NULL REFERENCES activities (id),
  person BIGINT NOT NULL REFERENCES persons (id),
  number BIGINT NOT NULL,
  state TEXT NOT NULL,
  seat BIGINT,
  answers TEXT NOT NULL,
  made_at BIGINT NOT NULL,
  changed_at BIGINT NOT NULL,
  offered_until BIGINT,
  came_at BIGINT,
  PRIMARY KEY (activity, person),
  CONSTRAINT sign_ups_stand_in_order UNIQUE (activity, number),
  CONSTRAINT sign_ups_have_a_seat_each UNIQUE (activity, seat),
  CONSTRAINT sign_ups_with_a_state CHECK (state IN ('seated', 'offered', 'waiting', 'left')),
  CONSTRAINT sign_ups_sit_or_wait CHECK ((state IN ('seated', 'offered')) = (seat IS NOT NULL)),
  CONSTRAINT sign_ups_are_offered_until CHECK ((state = 'offered') = (offered_until IS NOT NULL)),
  CONSTRAINT sign_ups_come_when_seated CHECK (came_at IS NULL OR state = 'seated')
) /* clustered */;
CREATE INDEX sign_ups_waiting ON sign_ups (activity, number) WHERE state = 'waiting';
CREATE INDEX sign_ups_offered ON sign_ups (offered_until) WHERE state = 'offered';
CREATE INDEX sign_ups_of_person ON sign_ups (person, activity);

-- A room for somebody, or for an activity, from one quarter of an hour to another.
CREATE TABLE bookings (
  id BIGINT NOT NULL PRIMARY KEY,
  series BIGINT NOT NULL,
  room BIGINT NOT NULL REFERENCES rooms (id),
  person BIGINT REFERENCES persons (id),
  unit BIGINT REFERENCES units (id),
  activity BIGINT REFERENCES activities (id),
  starts_at BIGINT NOT NULL,
  ends_at BIGINT NOT NULL,
  state TEXT NOT NULL,
  purpose TEXT NOT NULL,
  heads BIGINT NOT NULL,
  repeats TEXT,
  made_at BIGINT NOT NULL,
  decide_by BIGINT,
  ended_at BIGINT,
  CONSTRAINT bookings_end_after_they_start CHECK (ends_at > starts_at),
  CONSTRAINT bookings_are_somebodys CHECK (person IS NOT NULL OR unit IS NOT NULL),
  CONSTRAINT bookings_with_a_state CHECK (state IN ('asked', 'held', 'declined', 'lapsed', 'cancelled')),
  CONSTRAINT bookings_wait_until CHECK ((state = 'asked') = (decide_by IS NOT NULL)),
  CONSTRAINT bookings_hold_or_end CHECK ((state IN ('asked', 'held')) = (ended_at IS NULL))
) /* rows */;
CREATE INDEX bookings_by_room ON bookings (room, starts_at);
CREATE INDEX bookings_of_person ON bookings (person, starts_at) WHERE person IS NOT NULL;
CREATE INDEX bookings_of_series ON bookings (series);
CREATE INDEX bookings_of_activity ON bookings (activity) WHERE activity IS NOT NULL;
CREATE INDEX bookings_to_decide ON bookings (decide_by) WHERE state = 'asked';

-- Each quarter of an hour of a room that is taken. The key refuses a second one.
CREATE TABLE booked_slots (
  room BIGINT NOT NULL REFERENCES rooms (id),
  slot BIGINT NOT NULL,
  booking BIGINT NOT NULL REFERENCES bookings (id),
  PRIMARY KEY (room, slot)
) /* clustered */;
CREATE INDEX booked_slots_of_booking ON booked_slots (booking);

-- The secret link under which somebody's own calendar is found; only its hash is kept.
CREATE TABLE calendar_links (
  person BIGINT NOT NULL PRIMARY KEY REFERENCES persons (id),
  hash BYTES NOT NULL,
  made_at BIGINT NOT NULL
) /* rows */;
CREATE UNIQUE INDEX calendar_links_by_hash ON calendar_links (hash);
