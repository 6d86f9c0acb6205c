package spillway.lab.shards.sample;

import java.time.Instant;
import java.util.Optional;

/**
 * One write of a post.
 *
 * @param user its author, positive
 * @param post its id, positive
 * @param country two capital letters
 * @param time empty when not known
 */
record Write(long user, long post, String country, Optional<Instant> time) {

    private static final int LETTERS = 26;

    Write {
        if (user <= 0 || post <= 0) {
            throw new IllegalArgumentException("user and post must be positive: " + user + ", " + post);
        }
        if (!isCountry(country)) {
            throw new IllegalArgumentException("a country is two capital letters: " + country);
        }
    }

    static boolean isCountry(String text) {
        return text.length() == 2 && text.chars().allMatch(letter -> letter >= 'A' && letter <= 'Z');
    }

    /** The country as a number in the order of the alphabet. */
    long countryNumber() {
        int number = LETTERS * (country.charAt(0) - 'A') + (country.charAt(1) - 'A');
        return 1L + number;
    }
}
