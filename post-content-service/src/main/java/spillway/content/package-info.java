/** The service that owns posts and comments. */
@NullMarked
package spillway.content;

import org.jspecify.annotations.NullMarked;
