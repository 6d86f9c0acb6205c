/** Tests of the choice of an instance. */
@NullMarked
package spillway.platform.instance;

import org.jspecify.annotations.NullMarked;
