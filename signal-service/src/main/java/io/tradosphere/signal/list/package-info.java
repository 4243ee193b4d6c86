/** Lists of everybody's signals, and the first page that everybody asks for. */
package io.tradosphere.signal.list;
