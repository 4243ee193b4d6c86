package io.tradosphere.profile;

import io.tradosphere.test.statement.StatementContract;

class StatementTest extends StatementContract {

    /** The slice has the profiles themselves, and no replica of them. */
    @Override
    protected boolean uses(String place) {
        return !place.startsWith("io.tradosphere.platform.profiles.");
    }
}
