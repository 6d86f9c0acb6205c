package spillway.content.reshard;

/** The shard does not receive these slots at this epoch any more: whoever copies to it has been overtaken, and stops. */
final class NotReplica extends RuntimeException {

    private static final long serialVersionUID = 1L;

    NotReplica(int shard, String slots) {
        super("shard " + shard + " is no replica of slots " + slots + " at the epoch at which copying began");
    }
}
