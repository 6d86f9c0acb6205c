package spillway.lab.myths;

import java.util.List;

/**
 * What an experiment found.
 *
 * @param measured the figures, a line each
 * @param verdict by a rule, from these figures
 * @param because what of them decided it
 */
record Finding(List<String> measured, Verdict verdict, String because) {

    Finding {
        measured = List.copyOf(measured);
    }
}
