/** Which posts exist, known well enough that most requests never ask the content service. */
@NullMarked
package spillway.metrics.posts;

import org.jspecify.annotations.NullMarked;
