package spillway.lab.shards.strategy;

import spillway.platform.id.Hash64;

/**
 * The remainder of the key's hash. From n to m shards a key stays when both remainders agree: with n = 8 half of them
 * for m = 16, one in nine for m = 9.
 */
record Modulo(int shards) implements Strategy {

    @Override
    public int shardOf(long key) {
        return (int) Long.remainderUnsigned(Hash64.mix(key), shards);
    }

    @Override
    public Strategy grownTo(int more) {
        return new Modulo(more);
    }

    @Override
    public long stateBytes() {
        return Integer.BYTES;
    }
}
