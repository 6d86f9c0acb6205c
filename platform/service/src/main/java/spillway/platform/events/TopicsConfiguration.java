package spillway.platform.events;

import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.record.TimestampType;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.kafka.config.TopicBuilder;
import org.springframework.kafka.core.KafkaAdmin;

/** Creates the topics that are missing: each service declares them all, so the first to start makes them. */
@AutoConfiguration(afterName = "org.springframework.boot.kafka.autoconfigure.KafkaAutoConfiguration")
@ConditionalOnClass(KafkaAdmin.class)
@EnableConfigurationProperties(Topics.class)
class TopicsConfiguration {

    private static final String DAY = Long.toString(24L * 3600 * 1000);
    private static final String FOREVER = "-1";

    @Bean
    KafkaAdmin.NewTopics spillwayTopics(Topics topics) {
        List<NewTopic> all = new ArrayList<>();
        for (String log : List.of(topics.likes(), topics.shares())) {
            // A consumer that was away for less than a day finds every record: analytics reads the chunk it was in
            // again.
            all.add(topic(topics, log)
                    .compact()
                    .config(TopicConfig.MIN_COMPACTION_LAG_MS_CONFIG, DAY)
                    .build());
        }
        // Comments are counted again from here when Redis is lost (invariant I4), so none may expire.
        all.add(topic(topics, topics.postEvents())
                .config(TopicConfig.RETENTION_MS_CONFIG, FOREVER)
                .build());
        all.add(topic(topics, topics.views())
                .config(TopicConfig.RETENTION_MS_CONFIG, DAY)
                .build());
        for (String source : List.of(topics.likes(), topics.shares(), topics.postEvents(), topics.views())) {
            all.add(topic(topics, Topics.deadLetters(source))
                    .config(TopicConfig.RETENTION_MS_CONFIG, FOREVER)
                    .build());
        }
        return new KafkaAdmin.NewTopics(all.toArray(NewTopic[]::new));
    }

    @Bean
    @ConditionalOnBean(KafkaAdmin.class)
    TopicCreation topicCreation(KafkaAdmin kafka) {
        return new TopicCreation(kafka);
    }

    /**
     * Records carry the broker's time. A broker refuses what is dated an hour ahead of its own clock, so a service whose
     * clock jumped could append nothing otherwise, and compaction and retention go by these times.
     */
    private static TopicBuilder topic(Topics topics, String name) {
        return TopicBuilder.name(name)
                .partitions(topics.partitions())
                .replicas(topics.replicas())
                .config(TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG, TimestampType.LOG_APPEND_TIME.name);
    }
}
