/** What a described load needs, worked out from what this host was measured to do. */
@NullMarked
package spillway.lab.estimate;

import org.jspecify.annotations.NullMarked;
