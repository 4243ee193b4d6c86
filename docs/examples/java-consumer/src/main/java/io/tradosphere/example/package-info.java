/** A complete consumer of TradoSphere's events, as a third party would write it. */
package io.tradosphere.example;
