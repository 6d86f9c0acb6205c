/** Shows a run: progress while it lasts, a table and JSON at its end. */
@NullMarked
package spillway.load.report;

import org.jspecify.annotations.NullMarked;
