-- The beginning: places, units, people, cases and their history.
-- Types: TEXT, BIGINT, BYTES. Instants are microseconds UTC. Ends in _json: JSON text.
-- `/* clustered */` keeps the rows of a table in the order of its key.

-- Where ------------------------------------------------------------------------------------

CREATE TABLE places (
    code        TEXT   NOT NULL PRIMARY KEY,
    names_json  TEXT   NOT NULL,
    shape_json  TEXT,
    closed_at   BIGINT
) /* clustered */;

-- Who answers ------------------------------------------------------------------------------

CREATE TABLE units (
    id          BIGINT NOT NULL PRIMARY KEY,
    category    TEXT   NOT NULL CHECK (category IN ('prefecture', 'county', 'street', 'community', 'department', 'partner', 'hotline')),
    names_json  TEXT   NOT NULL,
    place       TEXT   NOT NULL REFERENCES places (code),
    parent      BIGINT REFERENCES units (id),
    closed_at   BIGINT
);

CREATE TABLE items (
    code          TEXT   NOT NULL PRIMARY KEY,
    names_json    TEXT   NOT NULL,
    keywords_json TEXT   NOT NULL,
    closed_at     BIGINT
) /* clustered */;

CREATE TABLE duties (
    item            TEXT   NOT NULL REFERENCES items (code),
    place           TEXT   NOT NULL REFERENCES places (code),
    unit            BIGINT NOT NULL REFERENCES units (id),
    assisting_json  TEXT   NOT NULL,
    limit_minutes   BIGINT CHECK (limit_minutes > 0),
    PRIMARY KEY (item, place)
) /* clustered */;

-- People who sign in -----------------------------------------------------------------------

CREATE TABLE persons (
    id             BIGINT NOT NULL PRIMARY KEY,
    name           TEXT   NOT NULL,
    login          TEXT   UNIQUE,
    contact        TEXT   UNIQUE,
    password_hash  TEXT,
    totp_secret    TEXT,
    totp_step      BIGINT,
    recovery_json  TEXT,
    language       TEXT   NOT NULL,
    made_at        BIGINT NOT NULL,
    closed_at      BIGINT
);

CREATE TABLE posts (
    id         BIGINT NOT NULL PRIMARY KEY,
    person     BIGINT NOT NULL REFERENCES persons (id),
    unit       BIGINT NOT NULL REFERENCES units (id),
    role       TEXT   NOT NULL,
    place      TEXT   NOT NULL REFERENCES places (code),
    starts_at  BIGINT NOT NULL,
    ends_at    BIGINT,
    CHECK (ends_at IS NULL OR ends_at >= starts_at)
);
CREATE INDEX posts_of_person ON posts (person);
CREATE INDEX posts_of_unit ON posts (unit);

CREATE TABLE sessions (
    token_hash     BYTES  NOT NULL PRIMARY KEY,
    id             BIGINT NOT NULL UNIQUE,
    person         BIGINT NOT NULL REFERENCES persons (id),
    device         TEXT   NOT NULL,
    made_at        BIGINT NOT NULL,
    seen_at        BIGINT NOT NULL,
    expires_at     BIGINT NOT NULL,
    stepped_up_at  BIGINT
);
CREATE INDEX sessions_of_person ON sessions (person);

CREATE TABLE sign_in_codes (
    contact     TEXT   NOT NULL PRIMARY KEY,
    code_hash   BYTES  NOT NULL,
    tries       BIGINT NOT NULL,
    made_at     BIGINT NOT NULL,
    expires_at  BIGINT NOT NULL
);

CREATE TABLE invites (
    token_hash  BYTES  NOT NULL PRIMARY KEY,
    person      BIGINT NOT NULL REFERENCES persons (id),
    expires_at  BIGINT NOT NULL,
    used_at     BIGINT
);

CREATE TABLE service_tokens (
    id           BIGINT NOT NULL PRIMARY KEY,
    token_hash   BYTES  NOT NULL UNIQUE,
    name         TEXT   NOT NULL,
    unit         BIGINT NOT NULL REFERENCES units (id),
    role         TEXT   NOT NULL,
    place        TEXT   NOT NULL REFERENCES places (code),
    scopes_json  TEXT   NOT NULL,
    made_at      BIGINT NOT NULL,
    revoked_at   BIGINT
);

-- Kinds, as they were when a case was opened -----------------------------------------------

CREATE TABLE kind_versions (
    hash        TEXT   NOT NULL PRIMARY KEY,
    slug        TEXT   NOT NULL,
    files_json  TEXT   NOT NULL,
    made_at     BIGINT NOT NULL
);

-- Cases: narrow and hot; what a step touches and what a list shows --------------------------
-- Invariant 1: an open case has exactly one owner. Invariant 2: exactly one clock, running
-- (due_at) or paused with a reason and an end. A closed case has an outcome and no clock.

CREATE TABLE cases (
    id                BIGINT NOT NULL PRIMARY KEY,
    kind              TEXT   NOT NULL,
    kind_hash         TEXT   NOT NULL REFERENCES kind_versions (hash),
    stage             TEXT   NOT NULL,
    version           BIGINT NOT NULL CHECK (version >= 1),
    place             TEXT   NOT NULL REFERENCES places (code),
    street            TEXT   NOT NULL,
    item              TEXT   REFERENCES items (code),
    urgent_at         BIGINT,
    owner_unit        BIGINT REFERENCES units (id),
    owner_person      BIGINT REFERENCES persons (id),
    previous_unit     BIGINT,
    previous_person   BIGINT,
    opened_unit       BIGINT REFERENCES units (id),
    channel           TEXT   NOT NULL,
    opened_at         BIGINT NOT NULL,
    changed_at        BIGINT NOT NULL,
    closed_at         BIGINT,
    outcome           TEXT,
    clock             TEXT,
    clock_started_at  BIGINT,
    due_at            BIGINT,
    paused_until      BIGINT,
    paused_why        TEXT,
    counts_json       TEXT   NOT NULL,
    title             TEXT   NOT NULL,
    merged_into       BIGINT REFERENCES cases (id),
    last_hash         BYTES  NOT NULL,
    CHECK ((owner_unit IS NULL) <> (owner_person IS NULL)),
    CHECK (closed_at IS NOT NULL OR (clock IS NOT NULL AND clock_started_at IS NOT NULL
        AND (due_at IS NULL) <> (paused_until IS NULL)
        AND (paused_until IS NULL) = (paused_why IS NULL))),
    CHECK (closed_at IS NULL OR (outcome IS NOT NULL AND clock IS NULL AND due_at IS NULL))
);
CREATE INDEX cases_open_by_due ON cases (due_at, id) WHERE closed_at IS NULL;
CREATE INDEX cases_open_by_street ON cases (street, due_at, id) WHERE closed_at IS NULL;
CREATE INDEX cases_open_by_unit ON cases (owner_unit, due_at, id) WHERE closed_at IS NULL;
CREATE INDEX cases_open_by_person ON cases (owner_person, id) WHERE closed_at IS NULL AND owner_person IS NOT NULL;
CREATE INDEX cases_merged ON cases (merged_into) WHERE merged_into IS NOT NULL;

-- What is known of the matter: read with the case page, not with lists.
CREATE TABLE matters (
    case_id      BIGINT NOT NULL PRIMARY KEY REFERENCES cases (id),
    values_json  TEXT   NOT NULL
);

-- Who brought it in: sealed. Opening it needs a post that may, a reason, and leaves a look.
CREATE TABLE petitioners (
    case_id   BIGINT NOT NULL PRIMARY KEY REFERENCES cases (id),
    code      TEXT   NOT NULL UNIQUE,
    name      TEXT,
    contact   TEXT,
    address   TEXT,
    language  TEXT   NOT NULL,
    person    BIGINT REFERENCES persons (id)
);
CREATE INDEX petitioners_by_contact ON petitioners (contact, case_id) WHERE contact IS NOT NULL;
CREATE INDEX petitioners_by_person ON petitioners (person, case_id) WHERE person IS NOT NULL;

-- The history: append-only, numbered without gaps, chained. Personal text lies beside it.
CREATE TABLE entries (
    case_id     BIGINT NOT NULL REFERENCES cases (id),
    number      BIGINT NOT NULL CHECK (number >= 1),
    at          BIGINT NOT NULL,
    step        TEXT   NOT NULL,
    acting      TEXT   NOT NULL,
    post        BIGINT,
    unit        BIGINT,
    person      BIGINT,
    from_stage  TEXT,
    to_stage    TEXT   NOT NULL,
    shape_json  TEXT   NOT NULL,
    text_hash   BYTES,
    hash        BYTES  NOT NULL,
    PRIMARY KEY (case_id, number)
) /* clustered */;

CREATE TABLE entry_texts (
    case_id      BIGINT NOT NULL,
    number       BIGINT NOT NULL,
    salt         BYTES  NOT NULL,
    values_json  TEXT   NOT NULL,
    PRIMARY KEY (case_id, number),
    FOREIGN KEY (case_id, number) REFERENCES entries (case_id, number)
) /* clustered */;

-- Units that take part beside the owner, each with its own clock.
CREATE TABLE calls (
    case_id  BIGINT NOT NULL REFERENCES cases (id),
    unit     BIGINT NOT NULL REFERENCES units (id),
    role     TEXT   NOT NULL CHECK (role IN ('assisting', 'summoned')),
    state    TEXT   NOT NULL,
    due_at   BIGINT,
    late_at  BIGINT,
    rating   BIGINT CHECK (rating BETWEEN 1 AND 5),
    PRIMARY KEY (case_id, unit)
) /* clustered */;
CREATE INDEX calls_due ON calls (due_at) WHERE due_at IS NOT NULL;

-- Every case that a unit owns, owned, opened or was called to: what its posts may list.
CREATE TABLE case_units (
    unit     BIGINT NOT NULL REFERENCES units (id),
    case_id  BIGINT NOT NULL REFERENCES cases (id),
    PRIMARY KEY (unit, case_id)
) /* clustered */;

-- What everybody may see: no personal column exists here. Days, not instants; places coarsened.
CREATE TABLE public_cases (
    case_id      BIGINT NOT NULL PRIMARY KEY REFERENCES cases (id),
    kind         TEXT   NOT NULL,
    stage        TEXT   NOT NULL,
    place        TEXT   NOT NULL,
    values_json  TEXT   NOT NULL,
    opened_on    TEXT   NOT NULL,
    closed_on    TEXT,
    outcome      TEXT
);
CREATE INDEX public_cases_by_kind ON public_cases (kind, stage, case_id);

CREATE TABLE files (
    id           BIGINT NOT NULL PRIMARY KEY,
    case_id      BIGINT REFERENCES cases (id),
    number       BIGINT,
    hash         TEXT   NOT NULL,
    media_type   TEXT   NOT NULL,
    bytes        BIGINT NOT NULL,
    width        BIGINT,
    height       BIGINT,
    made_at      BIGINT NOT NULL
);
CREATE INDEX files_of_case ON files (case_id);

-- What happens next ------------------------------------------------------------------------

CREATE TABLE notices (
    id         BIGINT NOT NULL PRIMARY KEY,
    case_id    BIGINT NOT NULL REFERENCES cases (id),
    number     BIGINT NOT NULL,
    letter     TEXT   NOT NULL,
    recipient  TEXT   NOT NULL CHECK (recipient IN ('petitioner', 'unit', 'person')),
    unit       BIGINT,
    person     BIGINT,
    made_at    BIGINT NOT NULL,
    sent_at    BIGINT,
    seen_at    BIGINT
);
CREATE INDEX notices_of_unit ON notices (unit, id) WHERE unit IS NOT NULL AND seen_at IS NULL;
CREATE INDEX notices_of_case ON notices (case_id);

CREATE TABLE jobs (
    id         BIGINT NOT NULL PRIMARY KEY,
    job        TEXT   NOT NULL,
    subject    BIGINT NOT NULL,
    run_at     BIGINT NOT NULL,
    attempts   BIGINT NOT NULL,
    failed_at  BIGINT,
    fault      TEXT
);
CREATE INDEX jobs_due ON jobs (run_at, id) WHERE failed_at IS NULL;

-- Letters that were recorded instead of sent (in the demo and in tests).
CREATE TABLE outbox (
    id       BIGINT NOT NULL PRIMARY KEY,
    channel  TEXT   NOT NULL CHECK (channel IN ('mail', 'sms')),
    address  TEXT   NOT NULL,
    subject  TEXT   NOT NULL,
    body     TEXT   NOT NULL,
    sent_at  BIGINT NOT NULL
);

-- Logs, views, settings --------------------------------------------------------------------

-- Every look at personal data, with its purpose; readable by its subject.
CREATE TABLE looks (
    id       BIGINT NOT NULL PRIMARY KEY,
    at       BIGINT NOT NULL,
    what     TEXT   NOT NULL,
    person   BIGINT,
    unit     BIGINT,
    case_id  BIGINT,
    purpose  TEXT   NOT NULL
);
CREATE INDEX looks_of_case ON looks (case_id, id) WHERE case_id IS NOT NULL;

CREATE TABLE saved_views (
    id      BIGINT NOT NULL PRIMARY KEY,
    person  BIGINT NOT NULL REFERENCES persons (id),
    name    TEXT   NOT NULL,
    query   TEXT   NOT NULL,
    UNIQUE (person, name)
);

CREATE TABLE idempotency_keys (
    key_hash      BYTES  NOT NULL PRIMARY KEY,
    request_hash  BYTES  NOT NULL,
    case_id       BIGINT NOT NULL,
    number        BIGINT NOT NULL,
    made_at       BIGINT NOT NULL
);
CREATE INDEX idempotency_keys_by_age ON idempotency_keys (made_at);

-- Counts kept in the transaction that changes them; `writer` keeps writers apart.
CREATE TABLE rollups (
    day      TEXT   NOT NULL,
    measure  TEXT   NOT NULL,
    kind     TEXT   NOT NULL,
    street   TEXT   NOT NULL,
    unit     BIGINT NOT NULL,
    writer   BIGINT NOT NULL,
    count    BIGINT NOT NULL,
    PRIMARY KEY (day, measure, kind, street, unit, writer)
) /* clustered */;

CREATE TABLE settings (
    name   TEXT NOT NULL PRIMARY KEY,
    value  TEXT NOT NULL
) /* clustered */;

-- The search index (`case_words`) differs by engine: see migrations/0002_search.*.sql.
