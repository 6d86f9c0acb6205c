package spillway.content.outbox;

import com.google.protobuf.ByteString;

/** An event on its way: its place in the shard's order, the post it is about and the Protobuf {@code PostEvent}. */
record OutboxRow(long seq, long postId, ByteString payload) {}
