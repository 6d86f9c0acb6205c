package spillway.chaos.reshard;

/** How a write ended, as far as its sender can know. */
sealed interface Answer {

    /**
     * It happened.
     *
     * @param id of what it made; 0 for a change
     * @param version the post has now; 0 where the answer does not say
     */
    record Done(long id, long version) implements Answer {}

    /**
     * It did not happen.
     *
     * @param kind status and reason, for counting
     * @param busy whether it was turned away at the gateway because too much was under way there
     */
    record Refused(String kind, boolean busy) implements Answer {}

    /** It may have happened. */
    record Unknown(String kind) implements Answer {}
}
