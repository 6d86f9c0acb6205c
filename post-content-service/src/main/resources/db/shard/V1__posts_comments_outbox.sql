-- When a post was made is in its id. A deleted post stays as a tombstone with its version and without its content.
CREATE TABLE post (
    id         bigint  PRIMARY KEY,
    user_id    bigint  NOT NULL,
    content    text    NOT NULL,
    media_urls text[]  NOT NULL,
    version    bigint  NOT NULL,
    deleted    boolean NOT NULL
);

-- A user's posts, newest first. The latest of the whole shard are read from the primary key.
CREATE INDEX post_of_user ON post (user_id, id) WHERE NOT deleted;

CREATE TABLE comment (
    post_id bigint NOT NULL,
    id      bigint NOT NULL,
    user_id bigint NOT NULL,
    content text   NOT NULL,
    PRIMARY KEY (post_id, id)
);

-- What an Idempotency-Key of a user made. A table of its own: most writes come without a key, and keys can be
-- dropped by age (the time is in the id) without touching what they made.
CREATE TABLE idempotency_key (
    user_id     bigint NOT NULL,
    key         text   NOT NULL,
    fingerprint bytea  NOT NULL,
    created_id  bigint NOT NULL,
    PRIMARY KEY (user_id, key)
);

-- Events on their way to Kafka, in the order of one post's changes. payload: Protobuf PostEvent.
CREATE TABLE outbox (
    seq        bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    post_id    bigint      NOT NULL,
    payload    bytea       NOT NULL,
    written_at timestamptz NOT NULL DEFAULT clock_timestamp()
);
