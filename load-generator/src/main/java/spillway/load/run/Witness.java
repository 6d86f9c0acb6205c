package spillway.load.run;

import spillway.load.oracle.Outcome;
import spillway.load.plan.Operation;

/**
 * Sees each request of a session as it happens. Called by several event loops at the same time, which must not wait for it.
 */
public interface Witness {

    Witness NOBODY = new Witness() {
        @Override
        public void sent(Operation operation) {}

        @Override
        public void heldBack(Operation operation) {}

        @Override
        public void ended(Operation operation, Outcome outcome, long sinceDue) {}

        @Override
        public void created(int post, String id) {}
    };

    void sent(Operation operation);

    /** It fell due and was not sent, since too many requests were under way. */
    void heldBack(Operation operation);

    /** @param sinceDue nanoseconds */
    void ended(Operation operation, Outcome outcome, long sinceDue);

    /** The system gave this id to the post of that number in the plan. */
    void created(int post, String id);
}
