package spillway.chaos.reshard;

import java.util.Optional;
import java.util.SplittableRandom;
import spillway.chaos.reshard.Standing.Open;

/**
 * The traffic, one write after the other: 65 % new posts, 20 % edits, 10 % deletions, 5 % comments, half of the changes on
 * planted posts. The seed decides what is wanted; which new posts there are to change, the run does. Not thread-safe.
 */
final class WritePlan {

    /** Texts of new writes begin past those of planted posts. */
    private static final long FIRST_TEXT = 1L << 40;

    private static final int TRIES = 5;

    private final Ledger ledger;
    private final SplittableRandom random;
    private long text = FIRST_TEXT;

    WritePlan(long seed, Ledger ledger) {
        this.random = new SplittableRandom(seed);
        this.ledger = ledger;
    }

    /** The next write, its post reserved for it; empty when no post was free. */
    Optional<Write> next() {
        int ticket = random.nextInt(100);
        text++;
        if (ticket < 65) {
            return Optional.of(new Write.Publish(user(), text));
        }
        Open change = ticket < 85 ? Open.EDIT : ticket < 95 ? Open.DELETE : Open.COMMENT;
        for (int attempt = 0; attempt < TRIES; attempt++) {
            Account post = post();
            if (post.begin(change, text)) {
                return Optional.of(
                        switch (change) {
                            case EDIT -> new Write.Edit(post, text);
                            case DELETE -> new Write.Delete(post);
                            case COMMENT -> new Write.Say(post, user(), text);
                            case NONE -> throw new IllegalStateException("a change was drawn");
                        });
            }
        }
        return Optional.empty();
    }

    private long user() {
        return ledger.planted().user(random.nextInt(ledger.planted().users()));
    }

    private Account post() {
        boolean planted = random.nextBoolean();
        return planted ? anyPlanted() : ledger.any(random).orElseGet(this::anyPlanted);
    }

    private Account anyPlanted() {
        return ledger.ofPlanted(random.nextInt(ledger.planted().posts()));
    }
}
