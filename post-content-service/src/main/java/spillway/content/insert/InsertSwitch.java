package spillway.content.insert;

/** The path that new posts and comments take at present, switchable while they come. Thread-safe. */
public final class InsertSwitch {

    private volatile InsertPath current;

    public InsertSwitch(InsertPath first) {
        this.current = first;
    }

    public InsertPath current() {
        return current;
    }

    void use(InsertPath path) {
        current = path;
    }
}
