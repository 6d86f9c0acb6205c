package spillway.content.reshard;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;
import spillway.content.testing.Api;
import spillway.content.testing.Api.Answer;
import spillway.content.testing.Users;
import spillway.platform.id.UserId;

/** Users who publish, edit, delete and comment, and know what they were told. Each user does one thing at a time. */
final class Writers implements AutoCloseable {

    private final Api api;
    private final List<UserId> users;
    private final Random random;
    private final Map<String, Known> posts = new ConcurrentHashMap<>();
    private final Set<String> beingChanged = ConcurrentHashMap.newKeySet();
    private final Queue<String> failures = new ConcurrentLinkedQueue<>();
    private final List<Thread> threads = new ArrayList<>();
    private volatile boolean over;

    /** What a post has to be. */
    private record Known(UserId author, long version, String content, boolean deleted, int comments) {}

    Writers(Api api, int users, long seed) {
        this.api = api;
        this.users =
                IntStream.range(0, users).mapToObj(i -> Users.onShard(i % 8)).toList();
        this.random = new Random(seed);
    }

    /** So many writes. */
    void write(int count) {
        for (int i = 0; i < count; i++) {
            write(users.get(random.nextInt(users.size())), random);
        }
    }

    /** From now on, on so many threads, until {@link #stop}. */
    void keepWriting(int threadCount) {
        for (int i = 0; i < threadCount; i++) {
            int part = i;
            Random own = new Random(random.nextLong());
            threads.add(Thread.ofVirtual().start(() -> {
                while (!over) {
                    int user = own.nextInt(users.size() / threadCount) * threadCount + part;
                    write(users.get(user), own);
                }
            }));
        }
    }

    private void write(UserId user, Random own) {
        List<String> mine = posts.entrySet().stream()
                .filter(post -> post.getValue().author().equals(user)
                        && !post.getValue().deleted())
                .map(Map.Entry::getKey)
                .toList();
        int what = mine.isEmpty() ? 0 : own.nextInt(10);
        if (what < 5) {
            publish(user, own);
            return;
        }
        String id = mine.get(own.nextInt(mine.size()));
        beingChanged.add(id);
        change(user, id, what, own);
        beingChanged.remove(id);
    }

    private void change(UserId user, String id, int what, Random own) {
        Known known = Objects.requireNonNull(posts.get(id));
        if (what < 7) {
            String content = "edit " + own.nextInt();
            Answer answer = api.patch(
                    user,
                    "/v1/posts/" + id,
                    "{\"content\":\"" + content + "\"}",
                    "If-Match",
                    "\"" + known.version() + "\"");
            if (isAccepted(answer, 200)) {
                posts.put(id, new Known(user, known.version() + 1, content, false, known.comments()));
            }
        } else if (what < 9) {
            Answer answer = api.post(user, "/v1/posts/" + id + "/comments", "{\"content\":\"so be it\"}");
            if (isAccepted(answer, 201)) {
                posts.put(id, new Known(user, known.version(), known.content(), false, known.comments() + 1));
            }
        } else if (isAccepted(api.delete(user, "/v1/posts/" + id), 204)) {
            posts.put(id, new Known(user, known.version() + 1, "", true, known.comments()));
        }
    }

    private void publish(UserId user, Random own) {
        String content = "post " + own.nextInt();
        String key = "key " + own.nextLong();
        String body = "{\"content\":\"" + content + "\"}";
        Answer answer = api.post(user, "/v1/posts", body, "Idempotency-Key", key);
        if (isAccepted(answer, 201)) {
            posts.put(answer.text("id"), new Known(user, 1, content, false, 0));
            Answer again = api.post(user, "/v1/posts", body, "Idempotency-Key", key);
            if (isAccepted(again, 201) && !again.text("id").equals(answer.text("id"))) {
                failures.add("key " + key + " made " + answer.text("id") + " and " + again.text("id"));
            }
        }
    }

    private boolean isAccepted(Answer answer, int status) {
        if (answer.status() != status) {
            failures.add(answer.response() + " " + answer.body());
            return false;
        }
        return true;
    }

    /** Goes on for a second. */
    void forAMoment() {
        try {
            Thread.sleep(1_000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * Each post that is known now can be read as it is known. Not looked at is what was changed meanwhile, or is being changed: a
     * change can be read before its author is told of it.
     */
    void check() {
        Map<String, Known> before = Map.copyOf(posts);
        before.forEach((id, known) -> {
            Answer answer = api.get(known.author(), "/v1/posts/" + id);
            // In this order: a change that could be read is either still under way or known by now.
            if (!beingChanged.contains(id) && known.equals(posts.get(id))) {
                check(id, known, answer);
            }
        });
    }

    private void check(String id, Known known, Answer answer) {
        if (known.deleted()) {
            assertThat(answer.status()).as("%s deleted", id).isEqualTo(404);
            return;
        }
        assertThat(answer.status()).as("%s", id).isEqualTo(200);
        assertThat(answer.text("content")).as("%s", id).isEqualTo(known.content());
        assertThat(answer.json().path("version").asLong()).as("%s", id).isEqualTo(known.version());
    }

    List<String> failures() {
        return List.copyOf(failures);
    }

    void stop() {
        over = true;
        for (Thread thread : threads) {
            join(thread);
        }
        threads.clear();
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        stop();
    }
}
