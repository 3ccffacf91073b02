/// Tests of the whole: its layout, and the agent put together.
@NullMarked
package dev.allclear.agent;

import org.jspecify.annotations.NullMarked;
