package spillway.load.oracle;

import spillway.load.plan.Recorded;
import spillway.load.plan.TrafficClass;

/** One way in which the system broke its word. */
public sealed interface Difference {

    /** One line, short enough for a terminal. */
    String describe();

    record LikeCount(String post, Range expected, long actual) implements Difference {
        @Override
        public String describe() {
            return "post %s: expected %s likes, is %,d".formatted(post, expected, actual);
        }
    }

    record CommentCount(String post, Range expected, long actual) implements Difference {
        @Override
        public String describe() {
            return "post %s: expected %s comments, is %,d".formatted(post, expected, actual);
        }
    }

    record NoCounts(String post) implements Difference {
        @Override
        public String describe() {
            return "post %s: its counts could not be read".formatted(post);
        }
    }

    record PostMissing(String post, String reason) implements Difference {
        @Override
        public String describe() {
            return "post %s: accepted, yet not readable: %s".formatted(post, reason);
        }
    }

    record PostChanged(String post) implements Difference {
        @Override
        public String describe() {
            return "post %s: reads back otherwise than it was sent".formatted(post);
        }
    }

    record WrongVote(String post, long user, boolean expected) implements Difference {
        @Override
        public String describe() {
            return expected
                    ? "post %s: the like of user %d is gone".formatted(post, user)
                    : "post %s: the like of user %d is back, or was never given".formatted(post, user);
        }
    }

    record VoteUnread(String post, long user) implements Difference {
        @Override
        public String describe() {
            return "post %s: whether user %d likes it could not be read".formatted(post, user);
        }
    }

    record Unbalanced(TrafficClass trafficClass, Book book) implements Difference {
        @Override
        public String describe() {
            return "%s: %,d offered, %,d accounted for".formatted(trafficClass.label(), book.offered(), book.settled());
        }
    }

    /** Everything sent is well-formed and about posts that exist, so nothing may be refused as wrong. */
    record WronglyRejected(TrafficClass trafficClass, long count) implements Difference {
        @Override
        public String describe() {
            return "%s: %,d rejected though they were right".formatted(trafficClass.label(), count);
        }
    }

    /** A run in which nothing was accepted proves nothing. */
    record NothingAccepted() implements Difference {
        @Override
        public String describe() {
            return "nothing was accepted";
        }
    }

    /** Nobody is left to ask: what was accepted cannot be checked. */
    record TargetLost(String reason) implements Difference {
        @Override
        public String describe() {
            return "the target was lost, nothing could be read back: " + reason;
        }
    }

    /** A recorded trace knows how many likes a post must have in the end. */
    record NotAsRecorded(Recorded recorded, long actual) implements Difference {
        @Override
        public String describe() {
            return "post %s of the trace: recorded %,d likes, is %,d"
                    .formatted(recorded.name(), recorded.likes(), actual);
        }
    }
}
