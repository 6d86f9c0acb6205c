package spillway.lab.myths;

import java.util.List;
import java.util.Map;

/**
 * A claim of the form "it is about so much": true when all that was measured lies within, false when nothing does.
 *
 * @param lowest that still counts as meant
 * @param highest that still counts as meant
 */
record Band(double lowest, double highest) {

    Verdict judge(Map<String, Double> measured) {
        List<String> within = within(measured);
        if (within.isEmpty()) {
            return Verdict.FALSE;
        }
        return within.size() == measured.size() ? Verdict.TRUE : Verdict.DEPENDS;
    }

    /** The figures that fit the claim, by name. */
    List<String> within(Map<String, Double> measured) {
        return measured.entrySet().stream()
                .filter(figure -> lowest <= figure.getValue() && figure.getValue() <= highest)
                .map(Map.Entry::getKey)
                .toList();
    }

    /** Which of the figures decided. */
    String because(Map<String, Double> measured) {
        return switch (judge(measured)) {
            case TRUE -> "all of them fit";
            case FALSE -> "none of them fits";
            case DEPENDS -> "fits only: " + String.join("; ", within(measured));
        };
    }
}
