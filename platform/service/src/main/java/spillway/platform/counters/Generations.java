package spillway.platform.counters;

import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Which generation of the counters is in use, and which is to succeed it. A generation is one complete view of the logs under
 * keys of its own, see {@link CounterLayout#generation}. One key says where a deployment stands, and only changes by
 * compare-and-set:
 *
 * <pre>
 * stored  step          changes to      when
 * n       SETTLED       n+m BUILDING    a rebuild begins, with a number that was never used
 * n+m     BUILDING      n+k BUILDING    another rebuild begins: nothing that still builds m can make it the successor
 *                       n   SETTLED     the rebuild gives up
 *                       n>m HANDOVER    m has come about as far as n
 * n>m     HANDOVER      m   SETTLED     every bucket of n is sealed, and every bucket of m has come at least as far
 * </pre>
 *
 * There is no way back from a handover, so it may be driven on by anybody, however often, however late. An absent key is
 * generation 0, settled: so it is in a Redis that never saw a rebuild, and in one that lost everything.
 *
 * @param inUse the generation that is read; it is written too, unless it is being handed over
 * @param next the one that is built or takes over, {@code inUse} itself when settled
 */
public record Generations(int inUse, Step step, int next) {

    /** Where a rebuild has come to. */
    public enum Step {
        SETTLED(""),
        BUILDING("+"),
        HANDOVER(">");

        private final String sign;

        Step(String sign) {
            this.sign = sign;
        }
    }

    /** What an absent key means. */
    public static final Generations FIRST = new Generations(0, Step.SETTLED, 0);

    private static final Pattern STORED = Pattern.compile("(\\d{1,9})(?:([+>])(\\d{1,9}))?");

    public Generations {
        if (inUse < 0 || (step == Step.SETTLED ? next != inUse : next <= inUse)) {
            throw new IllegalArgumentException("no such generations: " + inUse + step.sign + next);
        }
    }

    /** String: what {@link #toString} writes. */
    public static byte[] key(CounterLayout layout) {
        return bytes(layout.prefix() + "counters:generation");
    }

    /**
     * Reads what {@link #toString} wrote.
     *
     * @param stored the key's value, null when it is absent
     * @throws IllegalArgumentException when somebody else wrote the key
     */
    public static Generations parse(byte @Nullable [] stored) {
        if (stored == null) {
            return FIRST;
        }
        String text = new String(stored, StandardCharsets.UTF_8);
        Matcher found = STORED.matcher(text);
        if (!found.matches()) {
            throw new IllegalArgumentException("not the generations of counters: " + text);
        }
        int inUse = Integer.parseInt(found.group(1));
        if (found.group(2) == null) {
            return new Generations(inUse, Step.SETTLED, inUse);
        }
        Step step = found.group(2).equals(Step.BUILDING.sign) ? Step.BUILDING : Step.HANDOVER;
        return new Generations(inUse, step, Integer.parseInt(found.group(3)));
    }

    /** The generation that batchers bring forward. */
    public int written() {
        return switch (step) {
            case SETTLED, BUILDING -> inUse;
            case HANDOVER -> next;
        };
    }

    /** A rebuild has begun. */
    public Generations building(int number) {
        require(step != Step.HANDOVER, "begin a rebuild");
        return new Generations(inUse, Step.BUILDING, number);
    }

    /** The rebuild has given up. */
    public Generations abandoned() {
        require(step == Step.BUILDING, "abandon");
        return new Generations(inUse, Step.SETTLED, inUse);
    }

    /** What was built takes over. */
    public Generations handingOver() {
        require(step == Step.BUILDING, "hand over");
        return new Generations(inUse, Step.HANDOVER, next);
    }

    /** What was built has taken over. */
    public Generations handedOver() {
        require(step == Step.HANDOVER, "settle");
        return new Generations(next, Step.SETTLED, next);
    }

    private void require(boolean holds, String event) {
        if (!holds) {
            throw new IllegalStateException("the generations are " + this + " (" + step + "): cannot " + event);
        }
    }

    /** The stored form. */
    @Override
    public String toString() {
        return step == Step.SETTLED ? Integer.toString(inUse) : inUse + step.sign + next;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
