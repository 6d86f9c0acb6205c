package spillway.content.insert;

/**
 * What became of one row of a batch.
 *
 * @param <A> what its caller is told
 */
public sealed interface Outcome<A> {

    /** The answer, or the refusal as an exception. */
    A orThrow();

    record Done<A>(A answer) implements Outcome<A> {
        @Override
        public A orThrow() {
            return answer;
        }
    }

    /** @param why the row alone is refused, whatever becomes of its batch */
    record Refused<A>(RuntimeException why) implements Outcome<A> {
        @Override
        public A orThrow() {
            throw why;
        }
    }
}
