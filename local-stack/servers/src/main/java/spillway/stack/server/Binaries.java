package spillway.stack.server;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.zip.CRC32;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorInputStream;
import spillway.stack.process.StackFailure;

/**
 * Server binaries unpacked from the class path, once per content.
 *
 * <p>Each is unpacked beside its place and renamed into it, so two processes may do this at once and a killed one leaves
 * nothing that looks complete.
 */
final class Binaries {

    private Binaries() {}

    /** The folder that holds the archive's content. */
    static Path unpacked(Path folder, String archive) {
        return place(folder, archive, (content, to) -> {
            try (InputStream raw = new BufferedInputStream(content);
                    TarArchiveInputStream tar = new TarArchiveInputStream(new XZCompressorInputStream(raw))) {
                unpack(tar, to);
            }
        });
    }

    /** The executable file. */
    static Path executable(Path folder, String binary) {
        return place(folder, binary, (content, to) -> {
                    Files.createDirectories(to);
                    Path file = to.resolve(binary);
                    Files.copy(content, file);
                    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
                })
                .resolve(binary);
    }

    @FunctionalInterface
    private interface Unpacking {
        void from(InputStream content, Path to) throws IOException;
    }

    /** One thread unpacks at a time, so two servers of one kind do it once; another process may still be first. */
    private static synchronized Path place(Path folder, String resource, Unpacking unpacking) {
        try {
            Path place = folder.resolve(resource + "-" + checksum(resource));
            if (Files.exists(place)) {
                return place;
            }
            Files.createDirectories(folder);
            Path unfinished = Files.createTempDirectory(folder, "unpacking-");
            try (InputStream content = open(resource)) {
                unpacking.from(content, unfinished);
            }
            Files.setPosixFilePermissions(unfinished, PosixFilePermissions.fromString("rwxr-xr-x"));
            try {
                Files.move(unfinished, place, StandardCopyOption.ATOMIC_MOVE);
            } catch (FileSystemException e) {
                DataFolder.delete(unfinished);
                // Which exception tells that the target is there differs between systems.
                if (!Files.exists(place)) {
                    throw e;
                }
            }
            return place;
        } catch (IOException e) {
            throw new StackFailure("cannot unpack " + resource + " into " + folder, e);
        }
    }

    private static void unpack(TarArchiveInputStream tar, Path to) throws IOException {
        for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
            Path target = to.resolve(entry.getName()).normalize();
            if (!target.startsWith(to)) {
                throw new IOException("entry outside the archive: " + entry.getName());
            }
            if (entry.isDirectory()) {
                Files.createDirectories(target);
                continue;
            }
            Files.createDirectories(target.getParent());
            if (entry.isSymbolicLink()) {
                Files.createSymbolicLink(target, Path.of(entry.getLinkName()));
            } else if (entry.isLink()) {
                Files.createLink(target, to.resolve(entry.getLinkName()));
            } else {
                Files.copy(tar, target);
                boolean executable = (entry.getMode() & 0100) != 0;
                Files.setPosixFilePermissions(
                        target, PosixFilePermissions.fromString(executable ? "rwxr-xr-x" : "rw-r--r--"));
            }
        }
    }

    private static String checksum(String resource) throws IOException {
        CRC32 checksum = new CRC32();
        byte[] buffer = new byte[1 << 16];
        try (InputStream content = open(resource)) {
            for (int read = content.read(buffer); read >= 0; read = content.read(buffer)) {
                checksum.update(buffer, 0, read);
            }
        }
        return Long.toHexString(checksum.getValue());
    }

    private static InputStream open(String resource) throws IOException {
        InputStream content = Binaries.class.getResourceAsStream("/" + resource);
        if (content == null) {
            throw new IOException("it is not on the class path; the build adds it for the host it runs on");
        }
        return content;
    }
}
