/// What the operator wrote, as records, or every problem with it at once.
@NullMarked
package dev.allclear.agent.config;

import org.jspecify.annotations.NullMarked;
