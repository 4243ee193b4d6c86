package io.tradosphere.competition;

import io.tradosphere.test.layer.LayeringContract;

class ArchitectureTest extends LayeringContract {}
