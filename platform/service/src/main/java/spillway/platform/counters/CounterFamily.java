package spillway.platform.counters;

import spillway.platform.events.Topics;

/** One kind of counter: the size of a set of members per post, fed by one topic. */
public enum CounterFamily {
    /** Members are the users who like the post. */
    LIKES(1, "likes"),
    /** Members are share ids. */
    SHARES(2, "shares"),
    /** Members are comment ids. */
    COMMENTS(3, "comments");

    private final int code;
    private final String id;

    CounterFamily(int code, String id) {
        this.code = code;
        this.id = id;
    }

    /** Number in receipts; never changes. */
    public int code() {
        return code;
    }

    /** Name in keys and metric tags; never changes. */
    public String id() {
        return id;
    }

    /** The log this family is a view of. */
    public String topic(Topics topics) {
        return switch (this) {
            case LIKES -> topics.likes();
            case SHARES -> topics.shares();
            case COMMENTS -> topics.postEvents();
        };
    }

    /**
     * The family with a code.
     *
     * @throws IllegalArgumentException when there is none
     */
    public static CounterFamily ofCode(int code) {
        for (CounterFamily family : values()) {
            if (family.code == code) {
                return family;
            }
        }
        throw new IllegalArgumentException("no counter family has the code " + code);
    }
}
