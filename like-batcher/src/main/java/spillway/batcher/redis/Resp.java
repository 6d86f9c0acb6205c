package spillway.batcher.redis;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Arguments of a command as Redis's protocol sends them, in one growing array: in a burst a command has tens of thousands,
 * and an object for each would cost more than all else that is done for it. Not thread-safe.
 */
final class Resp {

    /** Of the header and the line ends around an argument. */
    private static final int FRAME = 16;

    private static final int LONGEST_LONG = 20;

    private byte[] bytes;
    private int length;
    private int count;

    Resp(int expectedBytes) {
        this.bytes = new byte[expectedBytes];
    }

    int count() {
        return count;
    }

    int length() {
        return length;
    }

    /** Valid up to {@link #length}; not copied. */
    byte[] bytes() {
        return bytes;
    }

    Resp add(byte[] argument) {
        require(argument.length + FRAME);
        header(argument.length);
        System.arraycopy(argument, 0, bytes, length, argument.length);
        length += argument.length;
        return end();
    }

    Resp add(String argument) {
        return add(argument.getBytes(StandardCharsets.UTF_8));
    }

    /** In decimal; the number must not be negative. */
    Resp add(long number) {
        require(LONGEST_LONG + FRAME);
        header(digits(number));
        decimal(number);
        return end();
    }

    private void header(int argumentLength) {
        bytes[length++] = '$';
        decimal(argumentLength);
        lineEnd();
    }

    private Resp end() {
        lineEnd();
        count++;
        return this;
    }

    private void lineEnd() {
        bytes[length++] = '\r';
        bytes[length++] = '\n';
    }

    private void decimal(long number) {
        int end = length + digits(number);
        long rest = number;
        for (int at = end - 1; at >= length; at--) {
            bytes[at] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
        length = end;
    }

    private static int digits(long number) {
        int digits = 1;
        for (long power = 10; digits < LONGEST_LONG - 1 && number >= power; power *= 10) {
            digits++;
        }
        return digits;
    }

    private void require(int more) {
        if (bytes.length - length < more) {
            bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, length + more));
        }
    }
}
