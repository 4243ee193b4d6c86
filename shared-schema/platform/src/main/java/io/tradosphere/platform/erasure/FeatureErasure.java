package io.tradosphere.platform.erasure;

import java.util.List;

/**
 * The erasure steps of one feature, which stand beside it. Every bean of this type is part of an erasure. A test fails while a
 * column that names a person is in no step.
 */
public interface FeatureErasure {

    /** The place of a feature whose erasure does not depend on that of others. */
    int ANYWHERE = 100;

    /** The place among the features of the service: lower numbers first. */
    default int order() {
        return ANYWHERE;
    }

    /** The steps, in their order. */
    List<ErasureStep> steps();
}
