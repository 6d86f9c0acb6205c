package spillway.content.shard;

import java.util.List;

/**
 * What the shards answered to one question.
 *
 * @param answers of the shards that answered in time, in the order of their numbers
 * @param missing numbers of the others
 */
public record Gathered<T>(List<T> answers, List<Integer> missing) {

    public Gathered {
        answers = List.copyOf(answers);
        missing = List.copyOf(missing);
    }
}
