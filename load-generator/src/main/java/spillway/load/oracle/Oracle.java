package spillway.load.oracle;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import spillway.load.oracle.Observation.Counts;
import spillway.load.oracle.Observation.Found;
import spillway.load.oracle.Observation.Reading;
import spillway.load.oracle.Observation.Unreadable;
import spillway.load.oracle.Observation.Vote;
import spillway.load.plan.Recorded;
import spillway.load.plan.TrafficClass;

/**
 * Compares what the system says with what it promised (invariants I1 to I3): acknowledged ⊆ final ⊆ acknowledged ∪
 * unknown, each post as it was sent, each book balanced.
 *
 * <p>Counts are compared as ranges, so a lost and a doubled like of the same post could cancel out in the count; the votes
 * asked of single users are there to see that.
 */
public final class Oracle {

    private final List<ExpectedPost> posts;
    private final Map<TrafficClass, Book> books;
    private final List<Recorded> record;

    /** Takes the ledger as it stands: nothing may be under way any more. */
    public Oracle(Ledger ledger, List<Recorded> record) {
        this.posts = ledger.expectedPosts();
        this.books = ledger.books();
        this.record = List.copyOf(record);
    }

    public List<ExpectedPost> posts() {
        return posts;
    }

    /** Whether the counts have arrived where they must be; while they have not, the drain goes on. */
    public boolean isDrained(Map<String, Counts> counts) {
        return compareCounts(counts).isEmpty();
    }

    public Verdict judge(Observation seen) {
        List<Difference> differences = new ArrayList<>();
        differences.addAll(compareBooks());
        differences.addAll(compareCounts(seen.counts()));
        differences.addAll(compareRecord(seen.counts()));
        differences.addAll(comparePosts(seen.posts()));
        differences.addAll(compareVotes(seen.votes()));
        return new Verdict(
                differences,
                posts.size(),
                seen.counts().values().stream().mapToLong(Counts::likes).sum(),
                seen.counts().values().stream().mapToLong(Counts::comments).sum(),
                posts.stream().mapToLong(Oracle::open).sum(),
                seen.posts().size(),
                seen.votes().size());
    }

    private List<Difference> compareBooks() {
        List<Difference> differences = new ArrayList<>();
        books.forEach((trafficClass, book) -> {
            if (!book.balances()) {
                differences.add(new Difference.Unbalanced(trafficClass, book));
            }
            if (book.rejected() > 0) {
                differences.add(new Difference.WronglyRejected(trafficClass, book.rejected()));
            }
        });
        if (books.values().stream().allMatch(book -> book.accepted() == 0)) {
            differences.add(new Difference.NothingAccepted());
        }
        return differences;
    }

    private List<Difference> compareCounts(Map<String, Counts> counts) {
        List<Difference> differences = new ArrayList<>();
        for (ExpectedPost post : posts) {
            Counts seen = counts.get(post.id());
            if (seen == null) {
                differences.add(new Difference.NoCounts(post.id()));
                continue;
            }
            if (!post.likes().contains(seen.likes())) {
                differences.add(new Difference.LikeCount(post.id(), post.likes(), seen.likes()));
            }
            if (!post.comments().contains(seen.comments())) {
                differences.add(new Difference.CommentCount(post.id(), post.comments(), seen.comments()));
            }
        }
        return differences;
    }

    private List<Difference> compareRecord(Map<String, Counts> counts) {
        Map<Integer, Long> actual = new HashMap<>();
        for (ExpectedPost post : posts) {
            Counts seen = counts.get(post.id());
            actual.put(post.number(), seen == null ? 0 : seen.likes());
        }
        List<Difference> differences = new ArrayList<>();
        for (Recorded recorded : record) {
            long likes = actual.getOrDefault(recorded.post(), 0L);
            if (likes != recorded.likes()) {
                differences.add(new Difference.NotAsRecorded(recorded, likes));
            }
        }
        return differences;
    }

    private List<Difference> comparePosts(Map<String, Reading> readings) {
        List<Difference> differences = new ArrayList<>();
        for (ExpectedPost post : posts) {
            Reading reading = readings.get(post.id());
            if (reading instanceof Unreadable unreadable) {
                differences.add(new Difference.PostMissing(post.id(), unreadable.reason()));
            } else if (reading instanceof Found found && !found.equals(post.asSent())) {
                differences.add(new Difference.PostChanged(post.id()));
            }
        }
        return differences;
    }

    private static List<Difference> compareVotes(Map<ExpectedVote, Vote> votes) {
        List<Difference> differences = new ArrayList<>();
        votes.forEach((vote, answer) -> {
            if (answer == Vote.UNREADABLE) {
                differences.add(new Difference.VoteUnread(vote.postId(), vote.user()));
            } else if (vote.liked() != (answer == Vote.LIKED)) {
                differences.add(new Difference.WrongVote(vote.postId(), vote.user(), vote.liked()));
            }
        });
        return differences;
    }

    private static long open(ExpectedPost post) {
        return post.likes().high()
                - post.likes().low()
                + post.comments().high()
                - post.comments().low();
    }
}
