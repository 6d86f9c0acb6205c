/** Claims that people repeat, each put to a small experiment and judged by what it measures. */
@NullMarked
package spillway.lab.myths;

import org.jspecify.annotations.NullMarked;
