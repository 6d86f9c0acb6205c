package spillway.load.fake;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** Posts, likes and comments of the fake. Thread-safe. */
final class FakeState {

    private final Map<String, FakePost> posts = new ConcurrentHashMap<>();
    private final Map<String, String> keys = new ConcurrentHashMap<>();
    private final AtomicLong ids = new AtomicLong(7_000_000_000_000_000_000L);

    /** One post with everything about it; its monitor guards it. */
    static final class FakePost {
        final String id;
        final String author;
        final String content;
        final Set<String> likers = new HashSet<>();
        final List<String> comments = new ArrayList<>();
        long phantomLikes;
        long phantomsToCome;

        FakePost(String id, String author, String content) {
            this.id = id;
            this.author = author;
            this.content = content;
        }
    }

    FakePost create(String author, String content, @Nullable String key) {
        String id = key == null
                ? Long.toString(ids.incrementAndGet())
                : keys.computeIfAbsent(key, sent -> Long.toString(ids.incrementAndGet()));
        return posts.computeIfAbsent(id, created -> new FakePost(id, author, content));
    }

    @Nullable FakePost post(String id) {
        return posts.get(id);
    }

    int posts() {
        return posts.size();
    }

    void countOnceMore(String id, boolean afterReading) {
        FakePost post = posts.get(id);
        if (post != null) {
            synchronized (post) {
                if (afterReading) {
                    post.phantomsToCome++;
                } else {
                    post.phantomLikes++;
                }
            }
        }
    }
}
