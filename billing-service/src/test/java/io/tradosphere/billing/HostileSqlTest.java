package io.tradosphere.billing;

import io.tradosphere.test.schema.HostileSqlContract;

class HostileSqlTest extends HostileSqlContract {}
