package spillway.chaos.reshard;

/** One write of the traffic. Texts are numbers, see {@link Text}; those of new posts and comments are in their keys as well. */
sealed interface Write {

    /** A new post. */
    record Publish(long author, long text) implements Write {}

    /** Other content for a post. */
    record Edit(Account post, long text) implements Write {}

    /** A post's end. */
    record Delete(Account post) implements Write {}

    /** A comment on a post. */
    record Say(Account post, long author, long text) implements Write {}
}
