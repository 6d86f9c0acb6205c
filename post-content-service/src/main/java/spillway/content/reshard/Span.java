package spillway.content.reshard;

/**
 * A piece of a relation in the order of its keys.
 *
 * @param after the last key before it
 * @param last the last key that may be in it; {@link Key#END} in the last piece
 */
record Span(Relation relation, Key after, Key last) {

    Span {
        if (after.compareTo(last) > 0) {
            throw new IllegalArgumentException("a span from " + after + " to " + last);
        }
    }
}
