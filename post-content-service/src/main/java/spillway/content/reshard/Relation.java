package spillway.content.reshard;

/** What a slot's content is made of, in the order in which it is copied: a comment comes after its post. */
enum Relation {
    /** A tombstone is a version like any other, so a deleted post does not come back. */
    POST("post", "id, user_id, content, media_urls, version, deleted", "id", "slot_of(id)", """
            ON CONFLICT (id) DO UPDATE SET content = excluded.content, media_urls = excluded.media_urls,
                version = excluded.version, deleted = excluded.deleted
            WHERE excluded.version > post.version"""),
    COMMENT("comment", "post_id, id, user_id, content", "post_id, id", "slot_of(post_id)", "ON CONFLICT DO NOTHING"),
    IDEMPOTENCY_KEY(
            "idempotency_key",
            "user_id, key, fingerprint, created_id",
            "slot, user_id, key",
            "slot",
            "ON CONFLICT DO NOTHING");

    private final String table;
    private final String columns;
    private final String key;
    private final String slot;
    private final String onConflict;

    Relation(String table, String columns, String key, String slot, String onConflict) {
        this.table = table;
        this.columns = columns;
        this.key = key;
        this.slot = slot;
        this.onConflict = onConflict;
    }

    String table() {
        return table;
    }

    /** All that a row is, as SQL names it. */
    String columns() {
        return columns;
    }

    /** The primary key's columns, as SQL names them. */
    String key() {
        return key;
    }

    /** A row's slot, in SQL. */
    String slot() {
        return slot;
    }

    /** What becomes of a row that is there already. */
    String onConflict() {
        return onConflict;
    }

    /** The temporary table in which rows arrive. */
    String staging() {
        return "staging_" + table;
    }

    /**
     * Makes it, the first time in a session; after that it costs a question. Not when a session begins: most of them only
     * read, and a dozen that began together, three tables each, were felt by callers.
     */
    String createStaging() {
        return "CREATE TEMPORARY TABLE IF NOT EXISTS " + staging() + " ON COMMIT DELETE ROWS AS SELECT " + columns
                + " FROM " + table + " WHERE false";
    }
}
