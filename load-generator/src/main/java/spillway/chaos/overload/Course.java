package spillway.chaos.overload;

import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import spillway.load.plan.TrafficClass;
import spillway.load.run.PhaseResult;
import spillway.load.run.RunResult;

/**
 * All that was seen of a trial.
 *
 * @param result of the generator, with the oracle's verdict
 * @param spared what was counted of those that must go on, by their name
 * @param memory of each service, at equal intervals
 * @param cpu share of the machine's processors by process, and {@link Processors#STOLEN}, in the disturbance
 * @param restarted processes that are not those of the beginning
 * @param trouble why the disturbance was not made as it should; null when it was
 */
record Course(
        Order order,
        RunResult result,
        Tape tape,
        Map<String, Tape> spared,
        List<Look> looks,
        List<Pressed> pressed,
        Map<String, List<Memory>> memory,
        Map<String, Double> cpu,
        List<String> restarted,
        @Nullable String trouble) {

    static final Set<TrafficClass> ALL = EnumSet.allOf(TrafficClass.class);
    static final Set<TrafficClass> WRITES = EnumSet.complementOf(EnumSet.of(TrafficClass.READS));

    Course {
        spared = Map.copyOf(spared);
        memory = Map.copyOf(memory);
        cpu = Map.copyOf(cpu);
    }

    Timetable time() {
        return order.time();
    }

    Flow before(Tape of) {
        return of.between(time().warm(), time().from(), ALL);
    }

    Flow during(Tape of) {
        return of.between(time().from(), time().to(), ALL);
    }

    /** Writes accepted per second from one second to another. */
    double goodput(int from, int to) {
        return (double) tape.between(from, to, WRITES).accepted() / (to - from);
    }

    /** The lowest goodput of so many seconds together, in the disturbance. */
    double worst(int seconds) {
        double worst = goodput(time().from(), time().to());
        for (int from = time().from(); from + seconds <= time().to(); from++) {
            worst = Math.min(worst, goodput(from, from + seconds));
        }
        return worst;
    }

    PhaseResult phase(String name) {
        return result.phases().stream()
                .filter(phase -> phase.phase().name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    Tape spared(String name) {
        return Objects.requireNonNull(spared.get(name));
    }

    List<Look> looksDuring() {
        return looks.stream()
                .filter(look -> look.at() >= time().from() && look.at() <= time().to())
                .toList();
    }
}
