package spillway.content.post;

import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import spillway.content.insert.InsertRules;
import spillway.content.insert.ShardBatches;
import spillway.platform.id.PostId;

@Configuration(proxyBeanMethods = false)
class PostConfiguration {

    @Bean
    ShardBatches<PostDraft, PostId> postBatches(InsertRules rules, InsertPosts posts, MeterRegistry meters) {
        return new ShardBatches<>("posts", rules, shard -> drafts -> posts.insert(shard, drafts), meters);
    }
}
