package spillway.chaos.overload;

import java.util.Map;

/**
 * Processors of this machine, as the launcher divided them.
 *
 * @param front for gateway and generator only; 0 when nothing is divided
 * @param behind for services and stores only; 0 when nothing is divided
 */
record Cores(int front, int behind) {

    private static final String VARIABLE = "SPILLWAY_LAB_CORES";

    /** All of them for everybody. */
    static Cores shared() {
        return new Cores(0, 0);
    }

    static Cores from(Map<String, String> environment) {
        String[] told = environment.getOrDefault(VARIABLE, "").split(" ", -1);
        return told.length == 2 ? new Cores(Integer.parseInt(told[0]), Integer.parseInt(told[1])) : shared();
    }

    boolean areDivided() {
        return front > 0;
    }

    int all() {
        return areDivided() ? front + behind : Runtime.getRuntime().availableProcessors();
    }

    @Override
    public String toString() {
        return areDivided()
                ? "%d for gateway and generator, %d for services and stores".formatted(front, behind)
                : "%d, shared by all".formatted(all());
    }
}
