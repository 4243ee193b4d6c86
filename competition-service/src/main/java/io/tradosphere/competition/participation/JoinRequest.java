package io.tradosphere.competition.participation;

import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * The request body that joins a competition.
 *
 * @param clanId the clan to compete for; required in a team competition, else null
 */
@Schema(name = "CompetitionEntry")
record JoinRequest(UUID clanId) {

    /** The default for a request without a body. */
    static final JoinRequest ALONE = new JoinRequest(null);
}
