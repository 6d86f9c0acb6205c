package spillway.load.plan;

import java.util.Arrays;
import java.util.random.RandomGenerator;

/** Draws ranks 0 to n-1 with probability proportional to 1 / (rank + 1): the popularity of posts in a feed. */
public final class Zipf {

    private final double[] cumulative;

    public Zipf(int n) {
        cumulative = new double[n];
        double sum = 0;
        for (int rank = 0; rank < n; rank++) {
            sum += 1.0 / (rank + 1);
            cumulative[rank] = sum;
        }
    }

    public int draw(RandomGenerator random) {
        double x = random.nextDouble() * cumulative[cumulative.length - 1];
        int found = Arrays.binarySearch(cumulative, x);
        return found >= 0 ? found : -found - 1;
    }
}
