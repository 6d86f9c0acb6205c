/** Posts and their comments. */
@NullMarked
package spillway.monolith.post;

import org.jspecify.annotations.NullMarked;
