package spillway.lab.myths;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.random.RandomGenerator;
import spillway.lab.shards.Load;
import spillway.lab.traffic.Countries;
import spillway.platform.id.Hash64;

/** How users lie on eight shards when their country is hashed, and when they are themselves. */
record HashingByCountry(RandomGenerator random) implements Myth {

    private static final int SHARDS = 8;
    private static final int USERS = 1_000_000;

    /** The fullest shard works a quarter more than the mean: what is still called even. */
    private static final double EVEN = 1.25;

    @Override
    public String claim() {
        return "Hashing by country spreads users evenly over shards.";
    }

    @Override
    public Finding examine() {
        Countries countries = new Countries();
        String[] homes = new String[USERS];
        Arrays.setAll(homes, user -> countries.draw(random));
        Load byCountry = Load.of(USERS, SHARDS, user -> shard(homes[user].hashCode()));
        Load byUser = Load.of(USERS, SHARDS, HashingByCountry::shard);
        String first = countries.at(0);
        double largest = Arrays.stream(homes).filter(first::equals).count() / (double) USERS;
        return judge(byCountry, byUser, largest);
    }

    /** @param largest the largest country's part of all users: no function of the country puts fewer on its shard */
    static Finding judge(Load byCountry, Load byUser, double largest) {
        double atBest = Math.max(1, largest * SHARDS);
        List<String> lines = List.of(
                "by country    " + byCountry.describe(),
                "by user       " + byUser.describe(),
                String.format(Locale.ROOT, "by country, at the very best: max/mean %.2f", atBest));
        if (byCountry.peak() <= EVEN) {
            return new Finding(lines, Verdict.TRUE, "the fullest shard is near the mean");
        }
        return atBest <= EVEN
                ? new Finding(lines, Verdict.DEPENDS, "on luck: another assignment of these countries could be even")
                : new Finding(lines, Verdict.FALSE, "the largest country alone is more than a shard's part");
    }

    private static int shard(long key) {
        return Math.floorMod(Hash64.mix(key), SHARDS);
    }
}
