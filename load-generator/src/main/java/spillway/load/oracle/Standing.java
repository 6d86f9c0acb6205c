package spillway.load.oracle;

import java.util.EnumSet;
import org.jspecify.annotations.Nullable;

/**
 * What is known of one user's vote on one post.
 *
 * <p>At most one operation of a pair is under way at a time, so acknowledged operations have an order and the last one
 * decides. An operation of unknown outcome has no place in that order: its request may still be on its way, so until the
 * end its vote stays possible beside the acknowledged one. The same holds for one under way.
 */
final class Standing {

    private Choice acknowledged = Choice.NONE;
    private final EnumSet<Choice> perhaps = EnumSet.noneOf(Choice.class);
    private @Nullable Choice underWay;

    /** What a user can have chosen: a like, or none, which is both the beginning and what an unlike leaves behind. */
    enum Choice {
        LIKED,
        NONE
    }

    boolean isBusy() {
        return underWay != null;
    }

    /** Whether the like is there for certain. */
    boolean isLiked() {
        return acknowledged == Choice.LIKED && !possible(Choice.NONE);
    }

    /** Whether an unlike would leave a certain state: the like is acknowledged, and no other is still on its way. */
    boolean canBeTakenBack() {
        return acknowledged == Choice.LIKED && perhaps.isEmpty() && underWay == null;
    }

    boolean mayBeLiked() {
        return possible(Choice.LIKED);
    }

    void begin(Choice choice) {
        if (underWay != null) {
            throw new IllegalStateException(underWay + " is under way, " + choice + " must wait");
        }
        underWay = choice;
    }

    void end(Outcome outcome) {
        Choice choice = underWay;
        if (choice == null) {
            throw new IllegalStateException("nothing is under way, yet it ended " + outcome);
        }
        underWay = null;
        switch (outcome) {
            case ACCEPTED -> acknowledged = choice;
            case UNKNOWN -> perhaps.add(choice);
            case SHED, REJECTED, FAILED -> {}
        }
    }

    private boolean possible(Choice choice) {
        return acknowledged == choice || perhaps.contains(choice) || underWay == choice;
    }
}
