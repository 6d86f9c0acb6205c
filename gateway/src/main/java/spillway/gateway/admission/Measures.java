package spillway.gateway.admission;

import spillway.gateway.ledger.TrafficClass;

/**
 * What a level means to each class.
 *
 * <p>Posts are never refused by the level: what is left of an overload when all others are refused is their own, and the
 * limit of their service refuses what does not fit. That they are slow is no reason to do none of them.
 *
 * <p>An inversion is impossible because the classes' ranges of levels do not overlap: a class loses its first request at a
 * level at which the class before it keeps none, and views from level 1 on stand for as many as they ever may.
 *
 * <table>
 *   <caption>Measures</caption>
 *   <tr><td>0 to 1</td><td>repeated views coalesce, then views are sampled, with growing weight</td></tr>
 *   <tr><td>1 to 2</td><td>likes and shares are refused, a growing share of them, and reads</td></tr>
 *   <tr><td>2 to 3</td><td>so are views that remain, altogether, and comments, a growing share</td></tr>
 * </table>
 */
final class Measures {

    /** The highest level that pressure of one service alone can make: what does not need it is not refused for it. */
    static final double OF_ONE_SERVICE = 2;

    /** Where all but posts are refused: those only their own limit refuses. */
    static final double HIGHEST = 3;

    private final AdmissionRules.Ladder ladder;

    Measures(AdmissionRules.Ladder ladder) {
        this.ladder = ladder;
    }

    /** The share of a class's requests that is refused, 0 to 1; of views, of those that cannot be given a weight. */
    double refused(TrafficClass traffic, double level) {
        return switch (traffic) {
            case VIEW -> level >= 1 ? 1 : 1 - 1 / weight(level);
            case LIKE, SHARE -> within(level - 1);
            case COMMENT -> within(level - 2);
            // As likes, that writes get the processors; but by the level of what all share, see Admission.
            case READ -> within(level - 1);
            // OTHER is answered with 404 by nobody's work.
            case POST, OTHER -> 0;
        };
    }

    /**
     * How many views one that is let in stands for, on average: rounded up or down by chance, so that the load follows the
     * level without steps.
     */
    double weight(double level) {
        double within = within((level - ladder.sample()) / (1 - ladder.sample()));
        return 1 + within * (ladder.mostWeight() - 1);
    }

    /** Whether views are refused altogether, because more than likes are refused already. */
    boolean noViews(double level) {
        return level > OF_ONE_SERVICE;
    }

    boolean coalesces(double level) {
        return level >= ladder.coalesce();
    }

    private static double within(double share) {
        return Math.clamp(share, 0, 1);
    }
}
