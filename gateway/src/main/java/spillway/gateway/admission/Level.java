package spillway.gateway.admission;

/**
 * The level of the ladder: the highest of three corrections.
 *
 * <p>Two follow what post-metrics-service and its lanes say, and end where likes end: whatever happens there, posts do
 * not need it. The third follows the time that accepted posts take outside of their own store, which is what all share,
 * and goes to the top. What post-content-service's stores suffer raises none: refusing likes would not help them, and
 * the limit of its lane refuses posts.
 *
 * <p>Ticked by one thread, read by many.
 */
final class Level {

    private final Correction ofBacklog = Correction.ofBacklog(Measures.OF_ONE_SERVICE);
    private final Correction ofMetrics = Correction.ofTimes(Measures.OF_ONE_SERVICE);
    private final Correction ofAll = Correction.ofTimes(Measures.HIGHEST);
    private volatile double level;
    private volatile double shared;

    double now() {
        return level;
    }

    /** The third correction alone: as high as what all classes share demands, whatever else is wrong. */
    double shared() {
        return shared;
    }

    /** @param seconds since the last tick */
    void tick(double seconds, Pressure pressure) {
        double ofShared = ofAll.after(seconds, pressure.ofAll());
        shared = ofShared;
        level = Math.max(
                ofShared,
                Math.max(
                        ofBacklog.after(seconds, pressure.ofBacklog()),
                        ofMetrics.after(seconds, pressure.ofMetrics())));
    }

    /**
     * What is measured over its goal, 1 at the goal.
     *
     * @param ofBacklog of what is accepted in post-metrics-service and not done
     * @param ofMetrics of the time that its store takes, and of what its lanes refuse
     * @param ofAll of what all classes share
     */
    record Pressure(double ofBacklog, double ofMetrics, double ofAll) {}
}
