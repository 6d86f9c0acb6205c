/** Events gathered into rows: all that one aligned piece of the log says of one post, kind and minute. */
@NullMarked
package spillway.analytics.chunk;

import org.jspecify.annotations.NullMarked;
