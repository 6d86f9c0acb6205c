package spillway.chaos.overload;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import spillway.chaos.site.Wait;

/** Connections that say nothing, and some that say a letter of a request every second and never end it. */
final class IdlePeers implements Disturbance {

    private static final int MOST = 10_000;
    private static final int SLOW = 200;
    private static final int AT_ONCE = 100;
    private static final Duration PAUSE = Duration.ofMillis(20);
    private static final Duration LETTER = Duration.ofSeconds(1);
    private static final byte[] REQUEST =
            "GET /v1/posts/1 HTTP/1.1\r\nHost: gateway\r\nX-Never: ".getBytes(StandardCharsets.US_ASCII);

    private final int port;
    private final List<SocketChannel> idle = new ArrayList<>();
    private final Thread talking =
            Thread.ofPlatform().daemon().name("slow peers").unstarted(this::talk);
    private volatile boolean over;
    private volatile boolean refused;
    private final AtomicInteger cut = new AtomicInteger();

    IdlePeers(int port) {
        this.port = port;
    }

    /** Returns when as many are connected as this process may have, or the gateway takes. */
    @Override
    public void begin() {
        talking.start();
        while (idle.size() < MOST && !over) {
            try {
                idle.add(connect());
            } catch (IOException e) {
                refused = true;
                break;
            }
            if (idle.size() % AT_ONCE == 0) {
                Wait.during(PAUSE);
            }
        }
    }

    @Override
    public void end() {
        over = true;
        idle.forEach(IdlePeers::close);
        Wait.until(() -> !talking.isAlive(), LETTER.multipliedBy(3));
    }

    String describe() {
        return "%,d idle connections%s; %,d slow requests were cut off"
                .formatted(idle.size(), refused ? ", no more were taken" : "", cut.get());
    }

    int idle() {
        return idle.size();
    }

    private void talk() {
        List<SocketChannel> slow = new ArrayList<>();
        for (int letter = 0; !over; letter++) {
            while (slow.size() < SLOW) {
                try {
                    slow.add(connect());
                } catch (IOException full) {
                    break;
                }
            }
            byte next = letter < REQUEST.length ? REQUEST[letter] : (byte) 'x';
            slow.removeIf(peer -> !says(peer, next));
            Wait.during(LETTER);
        }
        slow.forEach(IdlePeers::close);
    }

    /** Whether it still may. */
    private boolean says(SocketChannel peer, byte letter) {
        try {
            peer.write(ByteBuffer.wrap(new byte[] {letter}));
            // It is answered only to be cut off.
            if (peer.read(ByteBuffer.allocate(1)) == 0) {
                return true;
            }
        } catch (IOException e) {
            // Cut off, without a word.
        }
        cut.incrementAndGet();
        close(peer);
        return false;
    }

    private SocketChannel connect() throws IOException {
        SocketChannel channel = SocketChannel.open();
        try {
            channel.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            channel.configureBlocking(false);
            return channel;
        } catch (IOException e) {
            close(channel);
            throw e;
        }
    }

    private static void close(SocketChannel channel) {
        try {
            channel.close();
        } catch (IOException e) {
            // The other side was first.
        }
    }
}
