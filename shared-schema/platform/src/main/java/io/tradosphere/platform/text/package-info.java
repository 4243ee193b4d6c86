/** Free text that people write: the characters it may have, and its normal form. */
package io.tradosphere.platform.text;
