package spillway.load.oracle;

import java.util.List;

/**
 * The oracle's judgement.
 *
 * @param likes likes counted by the system over all posts
 * @param open how far unknown outcomes widen what the counts may be; 0 means each count is exact
 * @param postsRead posts whose text and author were compared
 * @param votesRead pairs of user and post whose user was asked for their own like
 */
public record Verdict(
        List<Difference> differences,
        long posts,
        long likes,
        long comments,
        long open,
        long postsRead,
        long votesRead) {

    public Verdict {
        differences = List.copyOf(differences);
    }

    public boolean passed() {
        return differences.isEmpty();
    }

    public String line() {
        if (!passed()) {
            return "Oracle: FAIL  %,d %s"
                    .formatted(differences.size(), differences.size() == 1 ? "difference" : "differences");
        }
        return "Oracle: PASS  %,d likes on %,d posts %s"
                .formatted(likes, posts, open == 0 ? "exact" : "within %,d unknown".formatted(open));
    }

    /** What else was compared. */
    public String detail() {
        return "%,d comments, %,d posts and %,d votes read back%s"
                .formatted(comments, postsRead, votesRead, passed() ? ", books balanced" : "");
    }
}
