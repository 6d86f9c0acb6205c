package spillway.chaos.reshard;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import spillway.chaos.site.Door;
import spillway.chaos.site.Door.Caller;
import spillway.chaos.site.Door.NoReply;
import spillway.chaos.site.Door.NotSent;
import spillway.chaos.site.Door.Reply;
import spillway.chaos.site.Door.Request;
import tools.jackson.databind.JsonNode;

/** Reads through the gateway. Thread-safe. */
final class Reading {

    private static final int GONE = 404;

    private final Door door;
    private final Caller reader;

    /**
     * A post as a read showed it.
     *
     * @param version 0 when there is none
     */
    record Found(long id, long version, String content) {

        static final Found NOTHING = new Found(0, 0, "");

        boolean isThere() {
            return version != 0;
        }
    }

    Reading(Door door, long reader) {
        this.door = door;
        this.reader = new Caller(reader, false);
    }

    /** Empty when it could not be read. */
    Optional<Found> read(Account post) {
        return read(post.id());
    }

    Optional<Found> read(long id) {
        return send("/v1/posts/" + id).flatMap(reply -> {
            if (reply.status() == GONE) {
                return Optional.of(Found.NOTHING);
            }
            return reply.isSuccess() ? Optional.of(found(reply.body())) : Optional.empty();
        });
    }

    /** Some of the newest posts of a user, or of all; empty when they could not be read. */
    Optional<List<Found>> list(String path) {
        return send(path).filter(Reply::isSuccess).map(reply -> {
            List<Found> items = new ArrayList<>();
            reply.body().path("items").forEach(item -> items.add(found(item)));
            return items;
        });
    }

    private static Found found(JsonNode post) {
        return new Found(
                Long.parseLong(post.path("id").asString("0")),
                post.path("version").asLong(0),
                post.path("content").asString(""));
    }

    private Optional<Reply> send(String path) {
        try {
            return Optional.of(door.send(Request.of("GET", path), reader));
        } catch (NotSent | NoReply e) {
            return Optional.empty();
        }
    }
}
