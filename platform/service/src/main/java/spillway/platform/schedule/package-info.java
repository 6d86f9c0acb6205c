/** What services do over and over. */
@NullMarked
package spillway.platform.schedule;

import org.jspecify.annotations.NullMarked;
