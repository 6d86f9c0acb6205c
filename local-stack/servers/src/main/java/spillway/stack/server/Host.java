package spillway.stack.server;

import java.util.Locale;
import spillway.stack.process.StackFailure;

/** An operating system and processor that binaries exist for, with the names the two binary archives give it. */
public enum Host {
    LINUX_X86_64("postgres-linux-x86_64.txz", "redis-server-6.2.6-v5-linux-amd64"),
    LINUX_ARM64("postgres-linux-arm_64.txz", "redis-server-6.2.7-linux-arm64"),
    MACOS_X86_64("postgres-darwin-x86_64.txz", "redis-server-6.2.6-v5-darwin-amd64"),
    MACOS_ARM64("postgres-darwin-arm_64.txz", "redis-server-6.2.6-v5-darwin-arm64");

    private final String postgresArchive;
    private final String redisBinary;

    Host(String postgresArchive, String redisBinary) {
        this.postgresArchive = postgresArchive;
        this.redisBinary = redisBinary;
    }

    public static Host current() {
        return of(System.getProperty("os.name"), System.getProperty("os.arch"));
    }

    static Host of(String osName, String osArch) {
        boolean arm = osArch.equals("aarch64") || osArch.equals("arm64");
        boolean intel = osArch.equals("amd64") || osArch.equals("x86_64");
        String os = osName.toLowerCase(Locale.ROOT);
        if (os.startsWith("linux") && (arm || intel)) {
            return arm ? LINUX_ARM64 : LINUX_X86_64;
        }
        if (os.startsWith("mac") && (arm || intel)) {
            return arm ? MACOS_ARM64 : MACOS_X86_64;
        }
        throw new StackFailure("no server binaries for " + osName + " on " + osArch
                + ": Linux and macOS on x86-64 and arm64 have them (docker compose works elsewhere)");
    }

    String postgresArchive() {
        return postgresArchive;
    }

    String redisBinary() {
        return redisBinary;
    }
}
