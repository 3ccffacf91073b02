/// JSON, written and read: events as the ledger keeps them, incidents as the outside gets them.
@NullMarked
package dev.allclear.agent.json;

import org.jspecify.annotations.NullMarked;
