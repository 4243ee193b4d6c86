/** Child processes that can be found after their parent died: pid files, ports, signals. */
package io.tradosphere.stack.process;
