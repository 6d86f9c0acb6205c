package spillway.load.plan;

import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;

/**
 * What people do, as parts of a whole: {@code likes=3,views=1} is three likes for each view. What is not named does not
 * happen.
 */
public record Mix(Map<Kind, Integer> parts) {

    /** An unlike takes back a like that was given some time before; while there is none, it is a like instead. */
    public enum Kind {
        LIKES,
        UNLIKES,
        VIEWS,
        COMMENTS,
        POSTS,
        READS;

        String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private static final int LARGEST_PART = 1_000_000;

    public static final Mix BROWSING = parse("likes=50,unlikes=5,views=25,comments=5,posts=2,reads=13");
    public static final Mix GREETINGS = parse("likes=35,unlikes=1,views=20,comments=20,posts=14,reads=10");
    public static final Mix ADMIRATION = parse("likes=60,unlikes=2,views=25,comments=10,reads=3");

    public Mix {
        parts = Map.copyOf(parts);
        if (parts.values().stream().anyMatch(part -> part < 0 || part > LARGEST_PART)) {
            throw new IllegalArgumentException("parts are from 0 to " + LARGEST_PART);
        }
        if (parts.values().stream().allMatch(part -> part == 0)) {
            throw new IllegalArgumentException("nothing is left to do");
        }
        if (parts.getOrDefault(Kind.UNLIKES, 0) > 0 && parts.getOrDefault(Kind.LIKES, 0) == 0) {
            throw new IllegalArgumentException("unlikes without likes: there is nothing to take back");
        }
    }

    /**
     * Reads {@code likes=55,views=25}.
     *
     * @throws IllegalArgumentException when it is not of that form, names something twice, or makes no sense
     */
    public static Mix parse(String text) {
        Map<Kind, Integer> parts = new EnumMap<>(Kind.class);
        for (String part : text.split(",", -1)) {
            String[] sides = part.strip().split("=", -1);
            if (sides.length != 2 || !sides[1].matches("\\d{1,7}")) {
                throw new IllegalArgumentException("not of the form likes=55,views=25: \"" + part + "\"");
            }
            if (parts.put(kind(sides[0]), Integer.valueOf(sides[1])) != null) {
                throw new IllegalArgumentException("named twice: " + sides[0]);
            }
        }
        return new Mix(parts);
    }

    boolean takesBack() {
        return parts.getOrDefault(Kind.UNLIKES, 0) > 0;
    }

    Kind draw(RandomGenerator random) {
        int left = random.nextInt(total());
        for (Kind kind : Kind.values()) {
            left -= parts.getOrDefault(kind, 0);
            if (left < 0) {
                return kind;
            }
        }
        throw new AssertionError("parts do not add up: " + parts);
    }

    private int total() {
        return parts.values().stream().mapToInt(Integer::intValue).sum();
    }

    private static Kind kind(String label) {
        for (Kind kind : Kind.values()) {
            if (kind.label().equals(label)) {
                return kind;
            }
        }
        throw new IllegalArgumentException(
                "nobody does \"" + label + "\"; there are likes, unlikes, views, comments," + " posts and reads");
    }

    @Override
    public String toString() {
        return parts.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(part -> part.getKey().label() + "=" + part.getValue())
                .collect(Collectors.joining(","));
    }
}
