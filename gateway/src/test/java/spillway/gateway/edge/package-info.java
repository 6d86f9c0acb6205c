/** Tests of batching at the edge. */
@NullMarked
package spillway.gateway.edge;

import org.jspecify.annotations.NullMarked;
