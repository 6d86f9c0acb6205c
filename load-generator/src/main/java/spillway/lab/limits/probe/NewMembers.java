package spillway.lab.limits.probe;

import java.io.ByteArrayOutputStream;
import java.util.List;

/**
 * SADD commands whose members never come twice: laid out once, with each member's digits written over the last one's.
 */
final class NewMembers implements RedisCommands.Sequence {

    private static final int DIGITS = 12;
    private static final String PLACE = "0".repeat(DIGITS);
    private static final int LINE_END = 2;

    private final byte[] commands;
    private final int[] lastDigits;
    private long member;

    NewMembers(List<String> keys, int atOnce) {
        ByteArrayOutputStream laidOut = new ByteArrayOutputStream();
        lastDigits = new int[atOnce];
        for (int i = 0; i < atOnce; i++) {
            laidOut.writeBytes(RedisWire.command("SADD", keys.get(i % keys.size()), PLACE));
            lastDigits[i] = laidOut.size() - LINE_END - 1;
        }
        commands = laidOut.toByteArray();
    }

    @Override
    public byte[] next() {
        for (int last : lastDigits) {
            long rest = ++member;
            for (int at = last; at > last - DIGITS; at--) {
                commands[at] = (byte) ('0' + rest % 10);
                rest /= 10;
            }
        }
        return commands;
    }
}
