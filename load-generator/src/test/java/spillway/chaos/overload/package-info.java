/** Tests of the overload's trials: that each promise can be seen broken. */
@NullMarked
package spillway.chaos.overload;

import org.jspecify.annotations.NullMarked;
