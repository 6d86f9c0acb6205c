/** Tests of the paths of likes. */
@NullMarked
package spillway.metrics.path;

import org.jspecify.annotations.NullMarked;
