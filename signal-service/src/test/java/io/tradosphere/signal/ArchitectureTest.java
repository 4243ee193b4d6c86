package io.tradosphere.signal;

import io.tradosphere.test.layer.LayeringContract;

class ArchitectureTest extends LayeringContract {}
