package io.tradosphere.streaming.agora;

import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * What a client joins a channel with.
 *
 * @param appId the id of the Agora project
 * @param channelId the name of the channel
 * @param uid the only user id that the token is for; the client joins with it
 * @param role {@code publisher} or {@code subscriber}
 * @param token Agora's AccessToken2
 * @param expiresAt when it ends; ask for another before
 */
@Schema(name = "ChannelToken")
public record ChannelToken(
        String appId,
        String channelId,
        @Schema(minimum = "1", maximum = "4294967295") long uid,
        AgoraRole role,
        String token,
        Instant expiresAt) {}
