/** Which of a service's instances a request goes to, and when another is tried. Used by the gateway and post-metrics-service. */
@NullMarked
package spillway.platform.instance;

import org.jspecify.annotations.NullMarked;
