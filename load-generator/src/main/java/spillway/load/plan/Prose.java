package spillway.load.plan;

import java.util.List;
import java.util.random.RandomGenerator;

/** Short texts that a careless encoding would damage: quotes, accents, several scripts, signs outside the basic plane. */
final class Prose {

    private static final List<String> WORDS = List.of(
            "half",
            "price",
            "today",
            "only",
            "queue",
            "doors",
            "open",
            "deal",
            "café",
            "naïve",
            "überall",
            "\"quoted\"",
            "back\\slash",
            "50 %",
            "☕",
            "🛒",
            "скидка",
            "折扣",
            "تخفيض",
            "<b>",
            "&amp;",
            "it's");

    private Prose() {}

    static String sentence(String start, RandomGenerator random) {
        StringBuilder text = new StringBuilder(start);
        int words = 5 + random.nextInt(12);
        for (int i = 0; i < words; i++) {
            text.append(' ').append(WORDS.get(random.nextInt(WORDS.size())));
        }
        return text.toString();
    }
}
