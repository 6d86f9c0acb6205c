package spillway.chaos;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import spillway.chaos.site.Door;
import spillway.chaos.site.Door.Caller;
import spillway.chaos.site.Door.NoReply;
import spillway.chaos.site.Door.NotSent;
import spillway.chaos.site.Door.Reply;
import spillway.chaos.site.Door.Request;
import spillway.chaos.site.Unreachable;
import spillway.chaos.site.Wait;

/** Makes the posts that are to be liked. */
final class Posts {

    private static final int AT_ONCE = 16;
    private static final int TRIES = 30;
    private static final Duration BETWEEN_TRIES = Duration.ofSeconds(1);

    private Posts() {}

    /**
     * The posts' ids by their numbers.
     *
     * @param run tells this run's posts from those of an earlier one
     * @throws Unreachable when the stack takes none
     */
    static List<String> create(Door door, Crowd crowd, UUID run) throws Unreachable {
        Semaphore places = new Semaphore(AT_ONCE);
        List<CompletableFuture<@Nullable String>> created = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int post = 0; post < crowd.posts(); post++) {
                int number = post;
                created.add(CompletableFuture.supplyAsync(() -> create(door, crowd, run, number, places), threads));
            }
        }
        List<String> ids = new ArrayList<>();
        for (CompletableFuture<@Nullable String> each : created) {
            String id = each.join();
            if (id == null) {
                throw new Unreachable("the stack takes no posts");
            }
            ids.add(id);
        }
        return ids;
    }

    private static @Nullable String create(Door door, Crowd crowd, UUID run, int post, Semaphore places) {
        Request request =
                new Request("POST", "/v1/posts", "{\"content\":\"Chaos " + post + "\"}", run + "-" + post, "");
        Caller author = new Caller(crowd.userId(post % crowd.singles()), false);
        places.acquireUninterruptibly();
        try {
            for (int attempt = 0; attempt < TRIES; attempt++) {
                try {
                    Reply reply = door.send(request, author);
                    String id = reply.body().path("id").asString("");
                    if (reply.isSuccess() && !id.isEmpty()) {
                        return id;
                    }
                } catch (NotSent | NoReply e) {
                    // With its key it is sent again safely.
                }
                Wait.during(BETWEEN_TRIES);
            }
            return null;
        } finally {
            places.release();
        }
    }
}
