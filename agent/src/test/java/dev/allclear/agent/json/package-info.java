/// Tests of JSON, written and read: by example, and with events at random.
@NullMarked
package dev.allclear.agent.json;

import org.jspecify.annotations.NullMarked;
