/** The API as the generator sees it, small, in this process, and able to misbehave. */
@NullMarked
package spillway.load.fake;

import org.jspecify.annotations.NullMarked;
