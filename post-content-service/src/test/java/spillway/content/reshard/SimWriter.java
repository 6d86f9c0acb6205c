package spillway.content.reshard;

import org.jspecify.annotations.Nullable;
import spillway.content.reshard.SimShard.Event;
import spillway.content.reshard.SimShard.Row;
import spillway.content.reshard.SimShard.RowId;
import spillway.content.reshard.SimShard.Session;
import spillway.content.shard.SlotState;
import spillway.content.shard.Standing;
import spillway.platform.id.Slot;

/** Makes, edits and deletes posts and comments on them, by the fence's protocol, statement by statement. */
final class SimWriter extends SimClient {

    private enum At {
        IDLE,
        BEGIN,
        LOCK,
        LOOK,
        LOCK_ROW,
        WRITE,
        NOTE,
        EVENT,
        COMMIT
    }

    private enum Work {
        MAKE,
        EDIT,
        DELETE,
        COMMENT
    }

    private At at = At.IDLE;
    private Work work = Work.MAKE;
    private Slot slot = new Slot(0);
    private RowId post;
    private @Nullable RowId key;
    private @Nullable Standing standing;

    SimWriter(Simulation world) {
        super(world);
        post = world.newPost(slot);
    }

    @Override
    int stands() {
        return 100;
    }

    @Override
    boolean isIdle() {
        return at == At.IDLE;
    }

    @Override
    void next() {
        Session open = session;
        if (open != null && world.chance(150)) {
            // The request's thread, or its instance, is no more.
            close();
            at = At.IDLE;
            return;
        }
        switch (at) {
            case IDLE -> choose();
            case BEGIN -> {
                open(slot);
                standing = null;
                at = At.LOCK;
            }
            case LOCK -> lock(required(open));
            case LOOK -> look();
            case LOCK_ROW -> lockRow(required(open));
            case WRITE -> write(required(open));
            case NOTE -> note(required(open));
            case EVENT -> event(required(open));
            case COMMIT -> {
                world.committed(required(open).writes);
                shard.commit(required(open));
                session = null;
                at = At.IDLE;
            }
        }
    }

    private static Session required(@Nullable Session open) {
        if (open == null) {
            throw new IllegalStateException("no transaction");
        }
        return open;
    }

    private void choose() {
        if (!world.isBusy() || !world.chance(12)) {
            return;
        }
        begin();
        slot = world.anySlot();
        work = world.anyOf(Work.values());
        RowId found = work == Work.MAKE && world.hasRoom() ? null : world.anyPost(slot);
        key = null;
        if (found == null) {
            work = Work.MAKE;
            post = world.newPost(slot);
            key = world.chance(2) ? world.anyKey(slot) : null;
        } else {
            post = found;
            work = work == Work.MAKE ? Work.EDIT : work;
        }
        at = At.BEGIN;
    }

    private void lock(Session open) {
        switch (shard.mutant) {
            case NO_FENCE -> at = At.LOOK;
            case FENCE_IN_ONE_STATEMENT -> {
                if (standing == null) {
                    standing = shard.standing(slot);
                }
                if (shard.tryShared(open, slot)) {
                    judge();
                }
            }
            default -> {
                if (shard.tryShared(open, slot)) {
                    at = At.LOOK;
                }
            }
        }
    }

    private void look() {
        standing = shard.standing(slot);
        judge();
    }

    private void judge() {
        if (isOwned(standing)) {
            at = At.LOCK_ROW;
        } else {
            follow(slot, standing);
            at = At.BEGIN;
        }
    }

    private void lockRow(Session open) {
        if (shard.tryRow(open, post) && (key == null || shard.tryRow(open, key))) {
            at = At.WRITE;
        }
    }

    private void write(Session open) {
        RowId used = key;
        if (used != null && shard.row(used) != null) {
            close();
            at = At.IDLE;
            return;
        }
        Row old = shard.row(post);
        if (work == Work.MAKE) {
            open.writes.put(post, world.row(post, 1, false));
            if (used != null) {
                open.writes.put(used, world.row(used, 1, false));
            }
        } else if (old == null || old.deleted()) {
            if (old == null) {
                world.missing(post);
            }
            close();
            at = At.IDLE;
            return;
        } else if (work == Work.COMMENT) {
            RowId comment = world.newComment(post);
            open.writes.put(comment, world.row(comment, 1, false));
        } else {
            open.writes.put(post, world.row(post, old.version() + 1, work == Work.DELETE));
        }
        at = At.NOTE;
    }

    private void note(Session open) {
        Standing seen = standing;
        if (seen != null && seen.state() == SlotState.MIRRORING) {
            for (RowId row : open.writes.keySet()) {
                open.notes.put(shard.nextNumber(), row);
            }
        }
        at = At.EVENT;
    }

    private void event(Session open) {
        Row written = open.writes.get(post);
        if (written != null) {
            open.events.put(shard.nextNumber(), new Event(post.key(), written.version()));
        }
        at = At.COMMIT;
    }
}
