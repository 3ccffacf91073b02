/// The append-only record of events, and the pulse that tells how long nobody looked.
@NullMarked
package dev.allclear.agent.ledger;

import org.jspecify.annotations.NullMarked;
