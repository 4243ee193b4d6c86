package io.tradosphere.signal;

import io.tradosphere.test.statement.StatementContract;

class StatementTest extends StatementContract {}
