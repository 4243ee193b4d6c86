package io.tradosphere.social;

import io.tradosphere.test.schema.MigrationsContract;

class MigrationsTest extends MigrationsContract {}
