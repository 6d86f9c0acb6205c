package spillway.load.oracle;

/**
 * The books of one class (invariant I3).
 *
 * @param offered requests sent, counted before they are sent
 */
public record Book(long offered, long accepted, long shed, long rejected, long failed, long unknown) {

    public static final Book EMPTY = new Book(0, 0, 0, 0, 0, 0);

    public long settled() {
        return accepted + shed + rejected + failed + unknown;
    }

    public boolean balances() {
        return offered == settled();
    }

    Book offer() {
        return new Book(offered + 1, accepted, shed, rejected, failed, unknown);
    }

    Book settle(Outcome outcome) {
        return switch (outcome) {
            case ACCEPTED -> new Book(offered, accepted + 1, shed, rejected, failed, unknown);
            case SHED -> new Book(offered, accepted, shed + 1, rejected, failed, unknown);
            case REJECTED -> new Book(offered, accepted, shed, rejected + 1, failed, unknown);
            case FAILED -> new Book(offered, accepted, shed, rejected, failed + 1, unknown);
            case UNKNOWN -> new Book(offered, accepted, shed, rejected, failed, unknown + 1);
        };
    }

    public Book plus(Book other) {
        return new Book(
                offered + other.offered,
                accepted + other.accepted,
                shed + other.shed,
                rejected + other.rejected,
                failed + other.failed,
                unknown + other.unknown);
    }

    public Book minus(Book other) {
        return new Book(
                offered - other.offered,
                accepted - other.accepted,
                shed - other.shed,
                rejected - other.rejected,
                failed - other.failed,
                unknown - other.unknown);
    }
}
