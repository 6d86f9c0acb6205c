package spillway.lab.shards.sample;

import spillway.lab.traffic.Countries;
import spillway.platform.id.Hash64;

/** Gives each user a country for good, drawn as internet users are spread, by a hash of the user and the seed. */
record Homes(Countries countries, long seed) {

    static final String NOTE = "Countries are made up: each user has one, spread as internet users are.";

    private static final int FRACTION_BITS = 53;

    Homes(long seed) {
        this(new Countries(), seed);
    }

    String of(long user) {
        double point = (Hash64.mix(seed, user) >>> (Long.SIZE - FRACTION_BITS)) / (double) (1L << FRACTION_BITS);
        return countries.at(point);
    }
}
