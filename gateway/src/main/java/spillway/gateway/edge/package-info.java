/**
 * What is handled before WebFlux, behind admission. Likes that come at the same time go to post-metrics-service as one
 * request, and so do views; the most frequent of all other requests take the fast path.
 */
@NullMarked
package spillway.gateway.edge;

import org.jspecify.annotations.NullMarked;
