package spillway.lab.limits.probe;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import spillway.lab.stack.Part;
import spillway.lab.stack.Stack;

/**
 * A connection that speaks Redis's protocol itself, for commands that are answered in one line. A client library costs more
 * per command than the server does; on shared cores it is the library that would be measured.
 */
final class RedisWire implements AutoCloseable {

    private static final int BUFFER = 1 << 16;

    private final Socket socket;
    private final InputStream in;
    private final byte[] buffer = new byte[BUFFER];

    private RedisWire(Socket socket) throws IOException {
        this.socket = socket;
        this.in = socket.getInputStream();
    }

    static RedisWire open(Stack stack) throws IOException {
        RedisWire wire = new RedisWire(new Socket(stack.host(), stack.port(Part.REDIS)));
        try {
            wire.socket.setTcpNoDelay(true);
            wire.exchange(command("AUTH", stack.redisPassword()), 1);
            return wire;
        } catch (IOException e) {
            wire.close();
            throw e;
        }
    }

    /** A command as it is sent. */
    static byte[] command(String... words) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes(("*" + words.length + "\r\n").getBytes(StandardCharsets.US_ASCII));
        for (String word : words) {
            byte[] content = word.getBytes(StandardCharsets.UTF_8);
            bytes.writeBytes(("$" + content.length + "\r\n").getBytes(StandardCharsets.US_ASCII));
            bytes.writeBytes(content);
            bytes.writeBytes(new byte[] {'\r', '\n'});
        }
        return bytes.toByteArray();
    }

    /**
     * Sends some commands at once and returns when all are answered.
     *
     * @throws IOException also when an answer is an error
     */
    void exchange(byte[] commands, int answers) throws IOException {
        socket.getOutputStream().write(commands);
        int open = answers;
        boolean lineBegins = true;
        while (open > 0) {
            int length = in.read(buffer);
            if (length < 0) {
                throw new IOException("Redis has closed the connection");
            }
            for (int i = 0; i < length; i++) {
                if (lineBegins && buffer[i] == '-') {
                    throw new IOException(new String(buffer, i, length - i, StandardCharsets.UTF_8).strip());
                }
                lineBegins = buffer[i] == '\n';
                if (lineBegins) {
                    open--;
                }
            }
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
