package spillway.chaos.reshard;

import spillway.platform.id.Hash64;

/** The content that belongs to a number: no two are alike, and what is stored can be held against it. */
final class Text {

    private static final String FILL =
            " the water rises behind the wall and finds its way over the spillway, not the dam;";

    private Text() {}

    static String of(long number) {
        return "Text %d %016x%s".formatted(number, Hash64.mix(number), FILL);
    }
}
