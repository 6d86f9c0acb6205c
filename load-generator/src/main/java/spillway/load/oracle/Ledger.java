package spillway.load.oracle;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import spillway.load.plan.Operation;
import spillway.load.plan.Operation.AddComment;
import spillway.load.plan.Operation.CreatePost;
import spillway.load.plan.Operation.Like;
import spillway.load.plan.Operation.Unlike;
import spillway.load.plan.Operation.Visit;
import spillway.load.plan.Operation.Vote;
import spillway.load.plan.TrafficClass;

/**
 * Every intent before it is sent, every outcome after: what the oracle later holds the system to. An intent without an
 * outcome counts as possible, and unbalances the books. Thread-safe.
 */
public final class Ledger {

    private final Map<TrafficClass, Book> books = new EnumMap<>(TrafficClass.class);
    private final Map<Integer, PostAccount> posts = new TreeMap<>();

    /** Notes that the operation is about to be sent; anything but {@code READY} notes nothing and forbids sending. */
    public synchronized Readiness intend(Operation operation) {
        Readiness readiness = readiness(operation);
        if (readiness == Readiness.READY) {
            books.merge(operation.trafficClass(), Book.EMPTY.offer(), Book::plus);
            switch (operation) {
                case CreatePost creation -> posts.computeIfAbsent(creation.post(), post -> new PostAccount(creation));
                case Like like -> standing(like).begin(Standing.Choice.LIKED);
                case Unlike unlike -> standing(unlike).begin(Standing.Choice.NONE);
                case AddComment comment -> {}
                case Visit visit -> {}
            }
        }
        return readiness;
    }

    /** Notes that a post was created under this id. */
    public synchronized void created(CreatePost creation, String id) {
        settle(creation, Outcome.ACCEPTED);
        account(creation).accepted(id);
    }

    /** Notes how an intended operation ended. */
    public synchronized void settle(Operation operation, Outcome outcome) {
        books.compute(
                operation.trafficClass(),
                (trafficClass, book) ->
                        Objects.requireNonNull(book, "never intended").settle(outcome));
        switch (operation) {
            case CreatePost creation -> {}
            case AddComment comment -> account(comment).comment(outcome);
            case Vote vote -> standing(vote).end(outcome);
            case Visit visit -> {}
        }
    }

    /** The id of a post, or null while its creation is not acknowledged. */
    public synchronized @Nullable String idOf(int post) {
        PostAccount account = posts.get(post);
        return account == null ? null : account.id();
    }

    public synchronized Map<TrafficClass, Book> books() {
        Map<TrafficClass, Book> all = new EnumMap<>(TrafficClass.class);
        for (TrafficClass trafficClass : TrafficClass.values()) {
            all.put(trafficClass, books.getOrDefault(trafficClass, Book.EMPTY));
        }
        return all;
    }

    /** The acknowledged posts, in the order of their numbers. */
    public synchronized List<ExpectedPost> expectedPosts() {
        List<ExpectedPost> expected = new ArrayList<>();
        for (PostAccount account : posts.values()) {
            ExpectedPost post = account.expected();
            if (post != null) {
                expected.add(post);
            }
        }
        return expected;
    }

    /** Every vote that is certain, one way or the other. */
    public synchronized List<ExpectedVote> expectedVotes() {
        List<ExpectedVote> certain = new ArrayList<>();
        for (PostAccount account : posts.values()) {
            String id = account.id();
            if (id != null) {
                account.votes().forEach((user, standing) -> {
                    if (standing.isLiked() || !standing.mayBeLiked()) {
                        certain.add(new ExpectedVote(id, user, standing.isLiked()));
                    }
                });
            }
        }
        return certain;
    }

    private Readiness readiness(Operation operation) {
        if (operation instanceof CreatePost) {
            return Readiness.READY;
        }
        PostAccount account = posts.get(operation.post());
        if (account == null || account.id() == null) {
            return Readiness.NO_POST;
        }
        if (!(operation instanceof Vote vote)) {
            return Readiness.READY;
        }
        Standing standing = account.vote(vote.user());
        if (standing.isBusy()) {
            return Readiness.BUSY;
        }
        return vote instanceof Unlike && !standing.canBeTakenBack() ? Readiness.NOT_LIKED : Readiness.READY;
    }

    private Standing standing(Vote vote) {
        return account(vote).vote(vote.user());
    }

    private PostAccount account(Operation operation) {
        return Objects.requireNonNull(posts.get(operation.post()), "never intended");
    }
}
