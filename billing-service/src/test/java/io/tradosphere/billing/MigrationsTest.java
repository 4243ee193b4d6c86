package io.tradosphere.billing;

import io.tradosphere.test.schema.MigrationsContract;

class MigrationsTest extends MigrationsContract {}
