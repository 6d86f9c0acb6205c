package spillway.load.oracle;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import spillway.load.plan.Operation.CreatePost;

/** What is known of one post: how it was created, who voted on it, how many comments it got. */
final class PostAccount {

    private final CreatePost creation;
    private final Map<Long, Standing> votes = new HashMap<>();
    private long comments;
    private long commentsPerhaps;
    private @Nullable String id;

    PostAccount(CreatePost creation) {
        this.creation = creation;
    }

    @Nullable String id() {
        return id;
    }

    void accepted(String id) {
        this.id = id;
    }

    Standing vote(long user) {
        return votes.computeIfAbsent(user, newcomer -> new Standing());
    }

    void comment(Outcome outcome) {
        switch (outcome) {
            case ACCEPTED -> comments++;
            case UNKNOWN -> commentsPerhaps++;
            case SHED, REJECTED, FAILED -> {}
        }
    }

    Map<Long, Standing> votes() {
        return votes;
    }

    @Nullable ExpectedPost expected() {
        if (id == null) {
            return null;
        }
        long low = votes.values().stream().filter(Standing::isLiked).count();
        long high = votes.values().stream().filter(Standing::mayBeLiked).count();
        return new ExpectedPost(
                creation.post(),
                id,
                creation.user(),
                creation.content(),
                new Range(low, high),
                new Range(comments, comments + commentsPerhaps));
    }
}
