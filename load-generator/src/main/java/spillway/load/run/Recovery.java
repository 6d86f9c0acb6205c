package spillway.load.run;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import spillway.load.plan.Phase;

/**
 * Whether accepted requests came back to what they were before a surge. A system that keeps itself overloaded when the surge
 * is over, by its clients' repetitions for example, is metastable: it does not.
 *
 * @param before requests accepted per second in the phase before the surge
 * @param during the same in the surge
 * @param seconds from the end of the surge until {@value #SHARE} of that were accepted, averaged over {@value #STEADY}
 *     seconds; empty when they never were
 */
public record Recovery(double before, double during, OptionalDouble seconds) {

    private static final double SHARE = 0.95;
    private static final int STEADY = 3;

    /** Of the first surge that comes between two calm phases; empty when there is none. */
    static Optional<Recovery> of(List<PhaseResult> phases, List<Second> series) {
        for (int i = 1; i + 1 < phases.size(); i++) {
            PhaseResult surge = phases.get(i);
            if (surge.phase().kind() == Phase.Kind.SURGE && isCalm(phases.get(i - 1)) && isCalm(phases.get(i + 1))) {
                double before = accepted(phases.get(i - 1));
                return Optional.of(new Recovery(
                        before, accepted(surge), after(surge.phase().name(), SHARE * before, series)));
            }
        }
        return Optional.empty();
    }

    private static boolean isCalm(PhaseResult result) {
        return result.phase().kind() == Phase.Kind.CALM;
    }

    private static double accepted(PhaseResult result) {
        return result.perSecond(result.total().accepted());
    }

    private static OptionalDouble after(String surge, double wanted, List<Second> series) {
        int first = IntStream.range(0, series.size())
                .filter(second -> series.get(second).phase().equals(surge))
                .map(second -> second + 1)
                .max()
                .orElse(series.size());
        List<Second> later = series.subList(first, series.size());
        for (int i = 0; i + STEADY <= later.size(); i++) {
            List<Second> some = later.subList(i, i + STEADY);
            double accepted = some.stream()
                    .mapToLong(second -> second.requests().accepted())
                    .sum();
            double lasted = some.stream().mapToDouble(Second::length).sum();
            if (accepted >= wanted * lasted) {
                return OptionalDouble.of(
                        later.subList(0, i).stream().mapToDouble(Second::length).sum());
            }
        }
        return OptionalDouble.empty();
    }
}
