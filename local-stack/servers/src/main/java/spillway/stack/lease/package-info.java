/**
 * Servers shared by all test JVMs of a build: one holder process runs them for as long as somebody holds a lease. Users:
 * {@code platform/testing}.
 */
@NullMarked
package spillway.stack.lease;

import org.jspecify.annotations.NullMarked;
