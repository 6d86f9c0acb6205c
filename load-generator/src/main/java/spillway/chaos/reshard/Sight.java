package spillway.chaos.reshard;

/**
 * What a read showed of a post, held against what was known when it began and when it had ended. In between others may have
 * changed the post, so the first says what is the least that must be seen, the second what is the most.
 */
enum Sight {
    RIGHT,
    /** A version older than one acknowledged before the read began. */
    STALE,
    /** Nothing, though nobody deleted it. */
    LOST,
    /** Something, though it was deleted before the read began. */
    RESURRECTED,
    /** A version that nobody wrote, or not with this content. */
    ALTERED;

    boolean isWrong() {
        return this != RIGHT;
    }

    static Sight ofNothing(Standing after) {
        return after.mayBeGone() ? RIGHT : LOST;
    }

    static Sight of(Standing before, Standing after, long version, String content) {
        if (before.deleted()) {
            return RESURRECTED;
        }
        if (version < before.version()) {
            return STALE;
        }
        if (version == before.version()) {
            return rightIf(content.equals(Text.of(before.text())));
        }
        if (version == after.version() && !after.deleted()) {
            return rightIf(content.equals(Text.of(after.text())));
        }
        if (version == after.version() + 1) {
            return rightIf(after.open() == Standing.Open.EDIT && content.equals(Text.of(after.openText())));
        }
        // Written and written over while the read was on its way.
        return rightIf(version < after.version());
    }

    private static Sight rightIf(boolean right) {
        return right ? RIGHT : ALTERED;
    }
}
