package spillway.lab.limits.probe;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import spillway.lab.stack.Part;

/** Writes a block and waits until it is on the disk: what a commit cannot do without. */
record DiskSync(Bench bench) implements Probe {

    private static final int BLOCK = 4096;

    /** Laid out beforehand, as logs are that are used again: appending would sync the file's size as well. */
    private static final int FILE = 1024 * BLOCK;

    @Override
    public Quantity quantity() {
        return Quantity.DISK_SYNC;
    }

    @Override
    public String how() {
        return "one at a time, fdatasync";
    }

    @Override
    public Set<Part> servers() {
        return Set.of();
    }

    @Override
    public Reading run(Meter meter) throws Exception {
        Path file = bench.folder().resolve("limits.sync");
        try {
            FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            channel.write(ByteBuffer.allocate(FILE));
            channel.force(true);
            try (Crew crew = Crew.of(1, thread -> new Write(channel))) {
                return meter.read(crew.tally(), servers());
            }
        } finally {
            Files.deleteIfExists(file);
        }
    }

    private static final class Write implements Crew.Step {

        private final FileChannel channel;
        private final ByteBuffer block = ByteBuffer.allocateDirect(BLOCK);
        private long position;

        Write(FileChannel channel) {
            this.channel = channel;
        }

        @Override
        public void once(Tally tally) throws IOException {
            block.clear();
            channel.write(block, position);
            channel.force(false);
            position = (position + BLOCK) % FILE;
            tally.add(1);
        }

        @Override
        public void close() throws IOException {
            channel.close();
        }
    }
}
