package spillway.lab.myths;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.random.RandomGenerator;

/** How users lie on eight shards when their country is hashed, and when they are themselves. */
record HashingByCountry(RandomGenerator random) implements Myth {

    private static final int SHARDS = 8;
    private static final int USERS = 1_000_000;

    /** The fullest shard works a quarter more than the mean: what is still called even. */
    private static final double EVEN = 1.25;

    /** Internet users in millions, rounded from public estimates of 2024: the shape matters, not the digits. */
    private static final String INTERNET_USERS = """
            CN 1090 IN 880 US 322 ID 212 BR 188 RU 130 NG 107 MX 107 JP 105 PH 87 PK 87 EG 82 VN 79 DE 78 BD 78 TR 74
            IR 73 GB 66 TH 63 FR 61 IT 51 KR 50 ZA 45 ES 45 AR 41 CO 40 SA 36 CA 36 PL 34 MA 34 MY 33 UA 30 PE 26 AU 25
            KE 22 NL 17""";

    private record Country(String code, int millions) {}

    @Override
    public String claim() {
        return "Hashing by country spreads users evenly over shards.";
    }

    @Override
    public Finding examine() {
        List<Country> countries = countries();
        int[] homes = new int[USERS];
        double total = countries.stream().mapToInt(Country::millions).sum();
        for (int user = 0; user < USERS; user++) {
            homes[user] = draw(countries, random.nextDouble() * total);
        }
        Load byCountry = Load.of(
                USERS, SHARDS, user -> shard(countries.get(homes[user]).code().hashCode()));
        Load byUser = Load.of(USERS, SHARDS, user -> shard(user));
        double largest = Arrays.stream(homes).filter(home -> home == 0).count() / (double) USERS;
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

    private static List<Country> countries() {
        String[] words = INTERNET_USERS.split("\\s+", -1);
        List<Country> countries = new ArrayList<>();
        for (int i = 0; i < words.length; i += 2) {
            countries.add(new Country(words[i], Integer.parseInt(words[i + 1])));
        }
        return countries;
    }

    private static int draw(List<Country> countries, double millions) {
        double rest = millions;
        int at = 0;
        while (at < countries.size() - 1 && rest >= countries.get(at).millions()) {
            rest -= countries.get(at).millions();
            at++;
        }
        return at;
    }

    /** The finalizer of SplitMix64: each bit of the key moves about half of the hash's. */
    private static int shard(long key) {
        long hash = key + 0x9E3779B97F4A7C15L;
        hash = (hash ^ (hash >>> 30)) * 0xBF58476D1CE4E5B9L;
        hash = (hash ^ (hash >>> 27)) * 0x94D049BB133111EBL;
        return Math.floorMod(hash ^ (hash >>> 31), SHARDS);
    }
}
