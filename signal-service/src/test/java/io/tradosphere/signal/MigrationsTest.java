package io.tradosphere.signal;

import io.tradosphere.test.schema.MigrationsContract;

class MigrationsTest extends MigrationsContract {}
