package io.tradosphere.messaging.realtime;

import io.tradosphere.contracts.Envelope;
import io.tradosphere.contracts.Event;
import io.tradosphere.contracts.EventCodec;
import io.tradosphere.contracts.UndecodableEvent;
import io.tradosphere.contracts.messaging.MessageEvent;
import io.tradosphere.contracts.messaging.MessageSent;
import io.tradosphere.contracts.messaging.MessagesRead;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.jboss.logging.Logger;

/**
 * A broadcast consumer: every instance reads the whole topic from its end, without a group and without commits. An event
 * only says whose streams to wake. One that is lost delays them until the next heartbeat.
 */
@ApplicationScoped
class ChangeListener {

    private static final Logger LOG = Logger.getLogger(ChangeListener.class);

    private static final EventCodec CODEC = new EventCodec();

    private final EventStreams streams;

    ChangeListener(EventStreams streams) {
        this.streams = streams;
    }

    /** Wakes the streams of those whom an event concerns. It never fails: a failure would stop the channel. */
    @Incoming("changes")
    void changed(ConsumerRecord<String, byte[]> record) {
        try {
            Header type = record.headers().lastHeader(Envelope.TYPE);
            if (type != null && record.value() != null) {
                Event event = CODEC.decode(new String(type.value(), StandardCharsets.UTF_8), record.value());
                if (event instanceof MessageEvent change) {
                    streams.wake(people(change));
                }
            }
        } catch (UndecodableEvent newer) {
            LOG.debugf("A record wakes nobody: %s", newer.getMessage());
        } catch (RuntimeException failure) {
            LOG.warnf(failure, "A record wakes nobody");
        }
    }

    /** The recipient, and whose other devices show the same conversation. */
    private static List<UUID> people(MessageEvent change) {
        if (change instanceof MessageSent sent) {
            return List.of(sent.recipientId(), sent.senderId());
        }
        if (change instanceof MessagesRead read) {
            return List.of(read.recipientId(), read.senderId());
        }
        return List.of(change.recipientId());
    }
}
