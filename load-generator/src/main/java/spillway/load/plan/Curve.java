package spillway.load.plan;

/** Intended arrivals per second in the course of a phase; the argument is the elapsed fraction of it, 0 to 1. */
public sealed interface Curve {

    double at(double fraction);

    /** Averaged over the phase. */
    double mean();

    double peak();

    record Flat(double rate) implements Curve {
        @Override
        public double at(double fraction) {
            return rate;
        }

        @Override
        public double mean() {
            return rate;
        }

        @Override
        public double peak() {
            return rate;
        }
    }

    record Line(double from, double to) implements Curve {
        @Override
        public double at(double fraction) {
            return from + (to - from) * fraction;
        }

        @Override
        public double mean() {
            return (from + to) / 2;
        }

        @Override
        public double peak() {
            return Math.max(from, to);
        }
    }

    /** A sine that begins and ends low. */
    record Swing(double low, double high, int times) implements Curve {
        @Override
        public double at(double fraction) {
            return low + (high - low) * (1 - Math.cos(2 * Math.PI * times * fraction)) / 2;
        }

        @Override
        public double mean() {
            return (low + high) / 2;
        }

        @Override
        public double peak() {
            return Math.max(low, high);
        }
    }
}
