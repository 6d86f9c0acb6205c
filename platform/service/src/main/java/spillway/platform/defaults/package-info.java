/** Property defaults every service starts from, so that no configuration is copied between them. */
@NullMarked
package spillway.platform.defaults;

import org.jspecify.annotations.NullMarked;
