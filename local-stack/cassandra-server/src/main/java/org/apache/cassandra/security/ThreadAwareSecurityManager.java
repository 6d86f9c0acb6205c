package org.apache.cassandra.security;

/**
 * Stands before Cassandra's own class of this name, which cannot load on a JDK without security managers.
 *
 * <p>The original confines user-defined functions; these stay switched off in the generated {@code cassandra.yaml}, so
 * there is nothing to confine.
 */
public final class ThreadAwareSecurityManager {

    private ThreadAwareSecurityManager() {}

    /** Called once by Cassandra's daemon as it starts. */
    public static void install() {}
}
