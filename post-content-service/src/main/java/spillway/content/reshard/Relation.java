package spillway.content.reshard;

/** What a slot's content is made of, in the order in which it is copied: a comment comes after its post. */
enum Relation {
    POST,
    COMMENT,
    IDEMPOTENCY_KEY
}
