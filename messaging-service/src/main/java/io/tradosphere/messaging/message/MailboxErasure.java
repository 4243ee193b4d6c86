package io.tradosphere.messaging.message;

import io.tradosphere.platform.erasure.ErasureStep;
import io.tradosphere.platform.erasure.FeatureErasure;
import io.tradosphere.platform.erasure.PersonalRows;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** The erasure of a person's mailbox and removals, after everything that changes them. */
@ApplicationScoped
class MailboxErasure implements FeatureErasure {

    private static final int BATCH_SIZE = 1_000;

    /** A person with a later incarnation keeps the row: it may be that one's already. */
    private static final String MAILBOX = """
            DELETE FROM mailboxes WHERE user_id = $1 AND NOT EXISTS (SELECT FROM profiles WHERE id = $1 AND incarnation > $2)
            """;

    @Override
    public int order() {
        return 4;
    }

    @Override
    public List<ErasureStep> steps() {
        return List.of(
                PersonalRows.byTime("removals", "user_id, change", "user_id").delete(BATCH_SIZE),
                ErasureStep.atOnce(MAILBOX).covering("mailboxes.user_id"));
    }
}
