package spillway.platform.id;

/**
 * A fixed hash bucket of users: the unit that the shard map assigns and a reshard moves.
 *
 * @param number 0 to {@value #COUNT} - 1
 */
public record Slot(int number) {

    /** How many slots there are, forever: a user's slot is part of every one of the user's post ids. */
    public static final int COUNT = 4096;

    public Slot {
        if (number < 0 || number >= COUNT) {
            throw new IllegalArgumentException("slot must be in 0.." + (COUNT - 1) + ": " + number);
        }
    }

    public static Slot of(UserId user) {
        return new Slot(Hash64.bucket(Hash64.mix(user.value()), COUNT));
    }

    @Override
    public String toString() {
        return Integer.toString(number);
    }
}
