package spillway.chaos.reshard;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentHashMap;
import java.util.random.RandomGenerator;
import spillway.chaos.reshard.Standing.Open;

/** What must be there in the end: an {@link Account} per post that was touched, and for all others what was planted. Thread-safe. */
final class Ledger {

    private final Planted planted;
    private final Map<Long, Account> touched = new ConcurrentHashMap<>();
    private final List<Account> all = new ArrayList<>();
    private long doubled;

    Ledger(Planted planted) {
        this.planted = planted;
    }

    Planted planted() {
        return planted;
    }

    /** The account of a planted post. */
    Account ofPlanted(int post) {
        return touched.computeIfAbsent(planted.id(post), id -> {
            Account account = add(id, planted.author(post), planted.text(post), asPlanted(post));
            if (planted.hasComment(post)) {
                account.commented(planted.comment(post));
            }
            return account;
        });
    }

    private Standing asPlanted(int post) {
        return new Standing(planted.version(post), planted.text(post), planted.isDeleted(post), Open.NONE, 0);
    }

    /** A new post was acknowledged. */
    void published(long id, long author, long text) {
        boolean[] added = {false};
        touched.computeIfAbsent(id, unknown -> {
            added[0] = true;
            return add(id, author, text, new Standing(1, text, false, Open.NONE, 0));
        });
        if (!added[0]) {
            countDoubled();
        }
    }

    private synchronized Account add(long id, long author, long text, Standing standing) {
        Account account = new Account(all.size(), id, author, text, standing);
        all.add(account);
        return account;
    }

    private synchronized void countDoubled() {
        doubled++;
    }

    Optional<Account> find(long id) {
        return Optional.ofNullable(touched.get(id));
    }

    /** What the post with this id must be like; empty when nobody wrote one. */
    Optional<Standing> standing(long id) {
        Account account = touched.get(id);
        if (account != null) {
            return Optional.of(account.standing());
        }
        OptionalInt number = planted.number(id);
        return number.isPresent() ? Optional.of(asPlanted(number.getAsInt())) : Optional.empty();
    }

    /** Any post that was touched. */
    synchronized Optional<Account> any(RandomGenerator random) {
        return all.isEmpty() ? Optional.empty() : Optional.of(all.get(random.nextInt(all.size())));
    }

    synchronized List<Account> accounts() {
        return List.copyOf(all);
    }

    synchronized int size() {
        return all.size();
    }

    /** Acknowledged posts whose id another one had already. */
    synchronized long doubled() {
        return doubled;
    }
}
