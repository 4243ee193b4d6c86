package io.tradosphere.profile;

import io.tradosphere.test.schema.MigrationsContract;

class MigrationsTest extends MigrationsContract {

    @Override
    protected String twoPeople() {
        return "INSERT INTO profiles (id, username) VALUES (uuidv7(), 'one'), (uuidv7(), 'two')";
    }
}
