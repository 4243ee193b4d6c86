package io.tradosphere.messaging.conversation;

import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * The request that marks messages of a conversation as read.
 *
 * @param upTo the id of the newest message to mark; all when absent
 */
@Schema(name = "ReadMark")
record ReadMark(UUID upTo) {}
