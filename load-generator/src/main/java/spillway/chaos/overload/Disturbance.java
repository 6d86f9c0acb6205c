package spillway.chaos.overload;

import java.io.IOException;

/** What is done to the stack beside the traffic. */
interface Disturbance {

    /** The traffic is all. */
    Disturbance NONE = new Disturbance() {
        @Override
        public void begin() {}

        @Override
        public void end() {}
    };

    void begin() throws IOException;

    /** Called also when {@link #begin} failed. */
    void end() throws IOException;
}
