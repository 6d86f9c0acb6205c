-- Content and counters share a row: the layout everybody begins with. A popular post's row is updated by every like.
create sequence post_ids increment by 50;

create table posts (
    id bigint primary key,
    user_id bigint not null,
    content text not null,
    media_urls text[] not null,
    created_at timestamptz not null,
    idempotency_key text,
    like_count bigint not null default 0,
    comment_count bigint not null default 0,
    share_count bigint not null default 0,
    view_count bigint not null default 0,
    viewer_count bigint not null default 0
) with (fillfactor = 70); -- Room for the counters' next versions on the same page: no index names a counter, so updates are HOT.

create index posts_of_user on posts (user_id, id desc);
create unique index posts_by_key on posts (user_id, idempotency_key) where idempotency_key is not null;

create table likes (
    post_id bigint not null references posts,
    user_id bigint not null,
    primary key (post_id, user_id)
);

create table viewers (
    post_id bigint not null references posts,
    user_id bigint not null,
    primary key (post_id, user_id)
);

create table shares (
    id bigint generated always as identity primary key,
    post_id bigint not null references posts,
    user_id bigint not null,
    idempotency_key text,
    created_at timestamptz not null default now(),
    unique (post_id, user_id, idempotency_key)
);

create sequence comment_ids increment by 50;

create table comments (
    id bigint primary key,
    post_id bigint not null references posts,
    user_id bigint not null,
    content text not null,
    created_at timestamptz not null
);

create index comments_of_post on comments (post_id, id desc);
