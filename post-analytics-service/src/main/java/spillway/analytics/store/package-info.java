/** Events in Cassandra: each is written once however often it is delivered. */
@NullMarked
package spillway.analytics.store;

import org.jspecify.annotations.NullMarked;
