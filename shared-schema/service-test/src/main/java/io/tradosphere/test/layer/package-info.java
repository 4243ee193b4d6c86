/** What every service's classes may depend on. */
package io.tradosphere.test.layer;
