package spillway.batcher.rebuild;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Keeps what a rebuild says. */
final class Told implements Narrator {

    private final List<String> lines = new CopyOnWriteArrayList<>();

    @Override
    public void say(String line) {
        lines.add(line);
    }

    @Override
    public void progress(String what, long done, long total) {}

    String text() {
        return String.join("\n", lines);
    }
}
