package io.tradosphere.streaming;

import io.tradosphere.test.schema.HostileSqlContract;

class HostileSqlTest extends HostileSqlContract {}
