/** Answers to requests that go no further, given before the server has begun with them. */
@NullMarked
package spillway.gateway.early;

import org.jspecify.annotations.NullMarked;
