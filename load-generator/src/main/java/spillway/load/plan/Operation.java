package spillway.load.plan;

/**
 * One request a user makes. Posts are named by their number in the plan, since their ids are given by the system only
 * when they are created.
 */
public sealed interface Operation {

    /** Who makes the request. */
    long user();

    /** The post it is about, by its number in the plan. */
    int post();

    TrafficClass trafficClass();

    record CreatePost(int post, long user, String content) implements Operation {
        @Override
        public TrafficClass trafficClass() {
            return TrafficClass.POSTS;
        }
    }

    record AddComment(int post, long user, String content) implements Operation {
        @Override
        public TrafficClass trafficClass() {
            return TrafficClass.COMMENTS;
        }
    }

    /** What moves the count of likes: for one user and post only the last accepted one matters. */
    sealed interface Vote extends Operation {
        @Override
        default TrafficClass trafficClass() {
            return TrafficClass.LIKES;
        }
    }

    record Like(int post, long user) implements Vote {}

    record Unlike(int post, long user) implements Vote {}

    /** What leaves nothing behind that could be checked afterwards. */
    sealed interface Visit extends Operation {}

    record View(int post, long user) implements Visit {
        @Override
        public TrafficClass trafficClass() {
            return TrafficClass.VIEWS;
        }
    }

    /** Asks for nothing: what is measured is the door. */
    record Knock(int post, long user) implements Visit {
        @Override
        public TrafficClass trafficClass() {
            return TrafficClass.READS;
        }
    }

    record ReadPost(int post, long user) implements Visit {
        @Override
        public TrafficClass trafficClass() {
            return TrafficClass.READS;
        }
    }

    record ReadMetrics(int post, long user) implements Visit {
        @Override
        public TrafficClass trafficClass() {
            return TrafficClass.READS;
        }
    }
}
