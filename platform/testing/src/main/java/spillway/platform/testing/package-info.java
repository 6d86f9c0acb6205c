/**
 * Real servers for a suite, and the house rules as tests. Users: the tests of every module; never on a service's own
 * class path.
 */
@NullMarked
package spillway.platform.testing;

import org.jspecify.annotations.NullMarked;
