package io.tradosphere.signal;

import io.tradosphere.test.schema.HostileSqlContract;

class HostileSqlTest extends HostileSqlContract {}
