package io.tradosphere.signal;

import io.tradosphere.test.layer.LayeringContract;
import java.util.Set;

class ArchitectureTest extends LayeringContract {

    @Override
    protected Set<String> textThatIsOnlyRead() {
        return Set.of("io.tradosphere.signal.parse.ParseRequest.text");
    }
}
