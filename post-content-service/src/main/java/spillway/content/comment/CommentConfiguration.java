package spillway.content.comment;

import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import spillway.content.insert.InsertRules;
import spillway.content.insert.ShardBatches;
import spillway.platform.id.PostId;

@Configuration(proxyBeanMethods = false)
class CommentConfiguration {

    @Bean
    ShardBatches<CommentDraft, PostId> commentBatches(
            InsertRules rules, InsertComments comments, MeterRegistry meters) {
        return new ShardBatches<>("comments", rules, shard -> drafts -> comments.insert(shard, drafts), meters);
    }
}
