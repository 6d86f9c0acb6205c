/** What is known of posts, with a real log and a real Redis. */
@NullMarked
package spillway.metrics.posts;

import org.jspecify.annotations.NullMarked;
