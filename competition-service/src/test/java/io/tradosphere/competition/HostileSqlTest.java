package io.tradosphere.competition;

import io.tradosphere.test.schema.HostileSqlContract;

class HostileSqlTest extends HostileSqlContract {}
