package io.tradosphere.social;

import io.tradosphere.test.schema.HostileSqlContract;

class HostileSqlTest extends HostileSqlContract {}
