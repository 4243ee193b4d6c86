/** Tests of the program alone. With services it runs in the acceptance tests. */
package io.tradosphere.verify;
