/** A comparison of OpenAPI documents: what breaks a client that was written against the released document. */
package io.tradosphere.test.compatibility;
