package spillway.chaos;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** Redis itself, past the wire: for what must be done to it and not to the way there. */
record RedisDoor(int port, String password) {

    private static final int MILLIS = 10_000;

    /**
     * Runs one command of plain words.
     *
     * @return what Redis answered, with the sign of its kind
     */
    String run(String command) throws IOException {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), MILLIS);
            socket.setSoTimeout(MILLIS);
            socket.getOutputStream()
                    .write("AUTH %s\r\n%s\r\n".formatted(password, command).getBytes(StandardCharsets.US_ASCII));
            BufferedReader answers =
                    new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
            answers.readLine();
            String answer = answers.readLine();
            if (answer == null || answer.startsWith("-")) {
                throw new IOException("Redis answers " + answer);
            }
            return answer;
        }
    }
}
