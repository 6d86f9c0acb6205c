package spillway.stack.launch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import spillway.stack.process.StackFailure;

/**
 * Random secrets, made once together with the data they protect. The folder is a Spring configuration tree: a file's name is
 * the property, its content the value.
 */
record Secrets(Path folder, String postgresPassword, String redisPassword) {

    private static final String POSTGRES = "spillway.postgres.password";
    private static final String REDIS = "spring.data.redis.password";
    private static final String RECEIPTS = "spillway.receipts.key";
    private static final int BYTES = 32;

    /** Those of the last start, or new ones where nothing was ever stored. */
    static Secrets of(Folders folders) {
        Path folder = folders.secrets();
        try {
            if (!Files.exists(folder.resolve(RECEIPTS))) {
                if (Files.exists(folders.data())) {
                    throw new StackFailure("the secrets in " + folder + " are gone but their data is still in "
                            + folders.data() + ": put them back, or ./spillway down --wipe");
                }
                make(folder);
            }
            return new Secrets(
                    folder, Files.readString(folder.resolve(POSTGRES)), Files.readString(folder.resolve(REDIS)));
        } catch (IOException e) {
            throw new StackFailure("cannot read or make the secrets in " + folder, e);
        }
    }

    private static void make(Path folder) throws IOException {
        Files.createDirectories(folder);
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
        SecureRandom random = new SecureRandom();
        write(folder.resolve(POSTGRES), HexFormat.of().formatHex(bytes(random)));
        write(folder.resolve(REDIS), HexFormat.of().formatHex(bytes(random)));
        write(folder.resolve(RECEIPTS), Base64.getEncoder().encodeToString(bytes(random)));
    }

    private static byte[] bytes(SecureRandom random) {
        byte[] bytes = new byte[BYTES];
        random.nextBytes(bytes);
        return bytes;
    }

    private static void write(Path file, String value) throws IOException {
        Files.deleteIfExists(file);
        Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(file, value);
    }
}
