/** Child processes that are found again after their parent died: pid files, ports, stopping. */
package io.tradosphere.stack.process;
