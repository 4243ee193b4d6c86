package io.tradosphere.messaging;

import io.tradosphere.test.schema.MigrationsContract;

class MigrationsTest extends MigrationsContract {}
