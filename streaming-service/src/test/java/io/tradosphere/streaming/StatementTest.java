package io.tradosphere.streaming;

import io.tradosphere.test.statement.StatementContract;

class StatementTest extends StatementContract {}
