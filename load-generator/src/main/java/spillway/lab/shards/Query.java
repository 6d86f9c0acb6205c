package spillway.lab.shards;

import spillway.lab.shards.sample.ShardKey;
import spillway.lab.shards.strategy.Kind;

/**
 * What readers ask for, and how often: an assumption about a social feed. Newest first, fifty at a time.
 *
 * <p>A query finds its answer on one shard when it names the shard key, or the key can be read from what it names: a post
 * id carries its time and its author's slot, which is of use to a strategy over slots only. Where neighbours live
 * together, the newest of something that counts up are on the last shard, and enough of them.
 */
enum Query {
    USERS_POSTS("a user's posts", 40) {
        @Override
        boolean onOneShard(ShardKey key, Kind strategy) {
            return key == ShardKey.USER;
        }
    },
    POST_BY_ID("a post by its id", 45) {
        @Override
        boolean onOneShard(ShardKey key, Kind strategy) {
            return switch (key) {
                case USER -> strategy == Kind.SLOT_MAP;
                case POST, TIME -> true;
                case COUNTRY -> false;
            };
        }
    },
    COUNTRYS_LATEST("a country's latest", 5) {
        @Override
        boolean onOneShard(ShardKey key, Kind strategy) {
            return switch (key) {
                case USER -> false;
                case POST, TIME -> strategy.keepsOrder();
                case COUNTRY -> true;
            };
        }
    },
    LATEST_OF_ALL("the latest of all", 10) {
        @Override
        boolean onOneShard(ShardKey key, Kind strategy) {
            return switch (key) {
                case USER, COUNTRY -> false;
                case POST -> strategy.keepsOrder();
                // The present day is one key.
                case TIME -> true;
            };
        }
    };

    private final String label;
    private final int percent;

    Query(String label, int percent) {
        this.label = label;
        this.percent = percent;
    }

    /** Whether one shard has the answer; else all are asked. */
    abstract boolean onOneShard(ShardKey key, Kind strategy);

    String label() {
        return label;
    }

    /** Its part of all queries. */
    int percent() {
        return percent;
    }

    /** The part of all queries that one shard answers, 0 to 1. */
    static double shareOnOneShard(ShardKey key, Kind strategy) {
        int percent = 0;
        for (Query query : values()) {
            percent += query.onOneShard(key, strategy) ? query.percent : 0;
        }
        return percent / 100.0;
    }
}
