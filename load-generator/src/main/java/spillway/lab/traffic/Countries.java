package spillway.lab.traffic;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/** Where users live, as unevenly as they do in the world. Immutable. */
public final class Countries {

    /** Internet users in millions, rounded from public estimates of 2024: the shape matters, not the digits. */
    private static final String INTERNET_USERS = """
            CN 1090 IN 880 US 322 ID 212 BR 188 RU 130 NG 107 MX 107 JP 105 PH 87 PK 87 EG 82 VN 79 DE 78 BD 78 TR 74
            IR 73 GB 66 TH 63 FR 61 IT 51 KR 50 ZA 45 ES 45 AR 41 CO 40 SA 36 CA 36 PL 34 MA 34 MY 33 UA 30 PE 26 AU 25
            KE 22 NL 17""";

    private final List<Country> countries = new ArrayList<>();
    private final double total;

    private record Country(String code, int millions) {}

    public Countries() {
        String[] words = INTERNET_USERS.split("\\s+", -1);
        for (int i = 0; i < words.length; i += 2) {
            countries.add(new Country(words[i], Integer.parseInt(words[i + 1])));
        }
        total = countries.stream().mapToInt(Country::millions).sum();
    }

    /** A country's two letters. */
    public String draw(RandomGenerator random) {
        return at(random.nextDouble());
    }

    /** The country of a point on the line on which each has its part of all users, the largest first: 0 to below 1. */
    public String at(double point) {
        double rest = point * total;
        int at = 0;
        while (at < countries.size() - 1 && rest >= countries.get(at).millions()) {
            rest -= countries.get(at).millions();
            at++;
        }
        return countries.get(at).code();
    }
}
