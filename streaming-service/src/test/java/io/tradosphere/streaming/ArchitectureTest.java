package io.tradosphere.streaming;

import io.tradosphere.test.layer.LayeringContract;

class ArchitectureTest extends LayeringContract {}
