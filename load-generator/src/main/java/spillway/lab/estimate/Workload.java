package spillway.lab.estimate;

/**
 * A load as its owner describes it.
 *
 * @param dailyUsers people who come on a day
 * @param posts each of them writes on a day
 * @param likes each gives on a day
 * @param views each causes on a day
 * @param peak how many times the day's average the busiest minutes are
 * @param hottest part of the likes at the peak that one post gets, 0 to 1
 * @param retentionDays how long everything is kept
 */
public record Workload(
        double dailyUsers,
        double posts,
        double likes,
        double views,
        double peak,
        double hottest,
        double retentionDays) {

    private static final double SECONDS_PER_DAY = 86_400;

    public Workload {
        if (!(dailyUsers >= 1) || posts < 0 || likes < 0 || views < 0 || !(posts + likes + views > 0)) {
            throw new IllegalArgumentException(
                    "somebody has to do something: at least one user, and posts, likes or views");
        }
        if (!(peak >= 1)) {
            throw new IllegalArgumentException("a peak is at least the average: " + peak);
        }
        if (!(hottest >= 0 && hottest <= 1)) {
            throw new IllegalArgumentException("the hottest post gets from 0 to all of the likes: " + hottest);
        }
        if (!(retentionDays > 0)) {
            throw new IllegalArgumentException("things are kept for some days");
        }
    }

    double average(double perUserAndDay) {
        return dailyUsers * perUserAndDay / SECONDS_PER_DAY;
    }

    double atPeak(double perUserAndDay) {
        return average(perUserAndDay) * peak;
    }
}
