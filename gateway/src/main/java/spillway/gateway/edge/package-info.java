/** Batching at the edge: likes that come at the same time go to post-metrics-service as one request, and so do views. */
@NullMarked
package spillway.gateway.edge;

import org.jspecify.annotations.NullMarked;
