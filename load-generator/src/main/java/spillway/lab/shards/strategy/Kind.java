package spillway.lab.shards.strategy;

/** The strategies that are compared. */
public enum Kind {
    MODULO("modulo"),
    RANGE("range"),
    DIRECTORY("directory"),
    RING("ring"),
    JUMP("jump hash"),
    SLOT_MAP("slot map");

    private final String label;

    Kind(String label) {
        this.label = label;
    }

    public String label() {
        return label;
    }

    /** Whether neighbouring keys live together, so that what was written last is on one shard. */
    public boolean keepsOrder() {
        return this == RANGE;
    }

    /**
     * A strategy of this kind.
     *
     * @param keys all keys and their writes: range and directory are laid out by them, with hindsight
     * @param shards at least 1
     */
    public Strategy over(KeyLoads keys, int shards) {
        return switch (this) {
            case MODULO -> new Modulo(shards);
            case RANGE -> Range.over(keys, shards);
            case DIRECTORY -> Directory.over(keys, shards);
            case RING -> Ring.of(shards);
            case JUMP -> new Jump(shards);
            case SLOT_MAP -> SlotMap.of(shards);
        };
    }
}
