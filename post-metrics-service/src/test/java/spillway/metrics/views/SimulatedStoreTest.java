package spillway.metrics.views;

class SimulatedStoreTest extends ViewStoreContract {

    private final ViewStore store = new SimulatedStore().atOnce();

    @Override
    ViewStore store() {
        return store;
    }

    @Override
    long newPost() {
        return 1;
    }
}
