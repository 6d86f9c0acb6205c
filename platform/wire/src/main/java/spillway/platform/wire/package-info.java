/** A TCP wire to a server that can be cut and disturbed. Users: the tests of the services, and the chaos runner. */
@NullMarked
package spillway.platform.wire;

import org.jspecify.annotations.NullMarked;
