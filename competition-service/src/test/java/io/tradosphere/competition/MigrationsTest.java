package io.tradosphere.competition;

import io.tradosphere.test.schema.MigrationsContract;

class MigrationsTest extends MigrationsContract {}
