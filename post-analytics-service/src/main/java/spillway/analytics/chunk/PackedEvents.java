package spillway.analytics.chunk;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.CodedOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A row's events as bytes, six to twelve for each:
 *
 * <pre>
 * version  1 byte, {@value #VERSION}
 * count    varint
 * events   in ascending order of place, each
 *   head   varint: places skipped since the event before, doubled; plus 1 when the weight is not 1
 *   time   zigzag varint: milliseconds since the event before, the first since the minute's start
 *   user   varint
 *   weight varint, only if the head says so
 * </pre>
 *
 * Varints are Protobuf's. A later version has another first byte; readers keep all versions.
 */
public final class PackedEvents {

    static final byte VERSION = 1;

    private static final int MILLIS_PER_MINUTE = 60_000;
    private static final int LONGEST_HEADER = 6;
    private static final int LONGEST_EVENT = 5 + 5 + 10 + 10;

    private byte[] body = new byte[32];
    private int length;
    private int count;
    private int lastMillis;

    /**
     * One event of a row.
     *
     * @param place how far into the chunk its record stands
     * @param userId 0 when nobody is known
     */
    public record Packed(int place, Instant at, long userId, long weight) {}

    PackedEvents() {}

    int count() {
        return count;
    }

    /**
     * @param skipped places between the event before and this one
     * @param millis since the minute's start
     */
    void add(int skipped, int millis, long userId, long weight) {
        if (body.length - length < LONGEST_EVENT) {
            body = Arrays.copyOf(body, 2 * body.length);
        }
        varint(2L * skipped + (weight == 1 ? 0 : 1));
        varint(CodedOutputStream.encodeZigZag32(millis - lastMillis));
        varint(userId);
        if (weight != 1) {
            varint(weight);
        }
        lastMillis = millis;
        count++;
    }

    private void varint(long value) {
        long rest = value;
        while ((rest & ~0x7FL) != 0) {
            body[length++] = (byte) (rest | 0x80);
            rest >>>= 7;
        }
        body[length++] = (byte) rest;
    }

    /** A copy of what has been added. */
    ByteBuffer packed() {
        ByteBuffer packed = ByteBuffer.allocate(LONGEST_HEADER + length).put(VERSION);
        int rest = count;
        while (rest > 0x7F) {
            packed.put((byte) (rest | 0x80));
            rest >>>= 7;
        }
        return packed.put((byte) rest).put(body, 0, length).flip();
    }

    /**
     * Reads a row's events.
     *
     * @param minute the row's
     * @throws BadRow when these are not the bytes of a row
     */
    public static List<Packed> read(ByteBuffer packed, Instant minute) {
        try {
            CodedInputStream in = CodedInputStream.newInstance(packed.duplicate());
            byte version = in.readRawByte();
            if (version != VERSION) {
                throw new BadRow("version " + version + " is not known");
            }
            List<Packed> events = events(in, minute);
            if (!in.isAtEnd()) {
                throw new BadRow("something follows the last event");
            }
            return events;
        } catch (IOException e) {
            throw new BadRow("the bytes end within an event", e);
        }
    }

    private static List<Packed> events(CodedInputStream in, Instant minute) throws IOException {
        long count = in.readRawVarint64();
        if (count < 0 || count > Chunk.RECORDS) {
            throw new BadRow("a row cannot have " + count + " events");
        }
        List<Packed> events = new ArrayList<>((int) count);
        long place = -1;
        long millis = 0;
        for (int i = 0; i < count; i++) {
            long head = in.readRawVarint64();
            place += 1 + (head >>> 1);
            millis += in.readSInt32();
            long userId = in.readRawVarint64();
            long weight = (head & 1) == 0 ? 1 : in.readRawVarint64();
            if (place < 0 || place >= Chunk.RECORDS || millis < 0 || millis >= MILLIS_PER_MINUTE || weight < 1) {
                throw new BadRow("event " + i + " is outside its chunk or its minute, or weighs nothing");
            }
            events.add(new Packed((int) place, minute.plusMillis(millis), userId, weight));
        }
        return events;
    }
}
