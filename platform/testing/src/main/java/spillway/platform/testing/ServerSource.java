package spillway.platform.testing;

/** Where servers come from: local processes, or containers. */
interface ServerSource {

    String PROPERTY = "spillway.servers";

    /** Where a server listens and what it wants to hear. */
    record Endpoint(String host, int port, String password) {}

    /** By system property {@value #PROPERTY}: {@code local} (default) or {@code testcontainers}. */
    static ServerSource chosen() {
        String chosen = System.getProperty(PROPERTY, "local");
        return switch (chosen) {
            case "local" -> LocalProcesses.SHARED;
            case "testcontainers" -> Containers.SHARED;
            default -> throw new IllegalArgumentException("-D" + PROPERTY + "=" + chosen + ": local or testcontainers");
        };
    }

    /** Returns once the server serves. */
    void await(Server server);

    Servers.Database newDatabase(String name);

    Endpoint redis();

    /** Bootstrap servers. */
    String kafka();

    /** Host and port. */
    String cassandra();
}
