/// Tests of the ledger, on real files.
@NullMarked
package dev.allclear.agent.ledger;

import org.jspecify.annotations.NullMarked;
