/** Starting, watching and steering a reshard by the operators' door of post-content-service. */
@NullMarked
package spillway.lab.reshard;

import org.jspecify.annotations.NullMarked;
