package spillway.load.oracle;

import spillway.load.oracle.Observation.Found;

/**
 * What must be read back of an acknowledged post after the drain.
 *
 * @param number its number in the plan
 * @param id the id the system gave it
 */
public record ExpectedPost(int number, String id, long author, String content, Range likes, Range comments) {

    Found asSent() {
        return new Found(Long.toString(author), content);
    }
}
